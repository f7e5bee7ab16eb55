package dev.piecrust.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What holds of a folder that is allowed, and of one whose name begins alike and that is not. */
public abstract class RootContract {
  /** Holds both. */
  @TempDir protected Path folder;

  /** Allowed; has a folder {@code model}. */
  protected Path data;

  /** Has a folder {@code model} and a file {@code pairs.jsonl}. */
  protected Path evil;

  /** Allow the first alone. */
  protected Roots roots;

  @BeforeEach
  void makeBoth() throws IOException {
    data = folder.resolve("data");
    evil = folder.resolve("data-evil");
    Files.createDirectories(data.resolve("model"));
    Files.createDirectories(evil.resolve("model"));
    Files.writeString(evil.resolve("pairs.jsonl"), "{}");
    roots = new Roots(List.of(data));
  }
}
