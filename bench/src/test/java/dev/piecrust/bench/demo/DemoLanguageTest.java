package dev.piecrust.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.model.Tokenizer;
import dev.piecrust.task.PromptPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLanguageTest {
  private static Tokenizer tokenizer;

  @BeforeAll
  static void loadTokenizer(@TempDir Path folder) throws IOException {
    tokenizer = DemoTokenizers.in(folder);
  }

  @Test
  void hasAFewHundredWords() {
    assertThat(DemoVocabulary.ofTheLanguage().size()).isBetween(270, 400);
  }

  @Test
  void everyTextIsKnownToTheTokenizerAndComesBackFromItsTokens() {
    int unknown = DemoVocabulary.ofTheLanguage().id(DemoVocabulary.UNKNOWN);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      String text = DemoLanguage.whole().draw(random);
      int[] ids = tokenizer.encodeRaw(text);
      assertThat(ids).doesNotContain(unknown);
      assertThat(String.join("", Arrays.stream(ids).mapToObj(tokenizer::token).toList()))
          .isEqualTo(text);
    }
  }

  @Test
  void windowsAreFullAndReadAgainAsTheSameTokens() {
    WindowStream windows = new WindowStream(DemoLanguage.whole(), tokenizer, 3);
    for (int i = 0; i < 500; i++) {
      int[] window = windows.next();
      assertThat(window).hasSize(WindowStream.LENGTH);
      assertThat(tokenizer.encode(windows.text(window))).isEqualTo(window);
    }
  }

  @Test
  void moreThanHalfOfTheDocumentsAreTheTasks() {
    SplittableRandom random = new SplittableRandom(6);
    List<String> documents =
        Stream.generate(() -> DemoLanguage.whole().draw(random)).limit(10_000).toList();

    assertThat(share(documents, "def .*\"\"\"\n")).isCloseTo(0.25, within(0.02));
    assertThat(share(documents, ".* thanked .*")).isCloseTo(0.35, within(0.02));
  }

  @Test
  void trainingNeverSeesAHeldOutPrompt() {
    HeldOutPrompts heldOut = new HeldOutPrompts(tokenizer);
    for (PromptPair pair : heldOut.ioi()) {
      assertThat(heldOut.occurIn(pair.textClean() + pair.ioClean() + ".\n")).isTrue();
    }
    for (PromptPair pair : heldOut.docstring()) {
      assertThat(heldOut.occurIn(pair.textClean() + pair.ioClean() + ": x\n")).isTrue();
    }
    SplittableRandom random = new SplittableRandom(8);
    DemoLanguage training = DemoLanguage.without(heldOut);
    assertThat(Stream.generate(() -> training.draw(random)).limit(20_000))
        .noneMatch(heldOut::occurIn);
  }

  private static double share(List<String> documents, String pattern) {
    long count = documents.stream().filter(d -> d.matches("(?s)" + pattern)).count();
    return count / (double) documents.size();
  }
}
