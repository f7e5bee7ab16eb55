package dev.piecrust.bench.demo;

import dev.piecrust.model.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** The demo language's tokenizer, for tests of this and other packages. */
public final class DemoTokenizers {
  private DemoTokenizers() {}

  public static Tokenizer in(Path folder) throws IOException {
    DemoTokenizerFiles.write(DemoVocabulary.ofTheLanguage(), folder);
    return Tokenizer.load(folder);
  }
}
