package dev.piecrust.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.ToySubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the toy, feature 1 of layer 1 makes 2 of "one" and 6 of "two"; it reads 16 tokens. */
class TextActivationsTest {
  private static final FeatureId FEATURE = new FeatureId(1, 1);

  @TempDir Path folder;

  private static List<ActivatedText> measure(ToySubject toy, List<String> texts) {
    return new TextActivations(toy.model, toy.transcoder)
        .of(toy.manager, FEATURE, texts, done -> {});
  }

  @Test
  void isTheMaximumOverTheTokensOfEachText() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      assertThat(measure(toy, List.of("one one", "", "one two one", "<s>")))
          .containsExactly(
              new ActivatedText("one one", 2),
              new ActivatedText("", 0),
              new ActivatedText("one two one", 6),
              new ActivatedText("<s>", 0));
    }
  }

  @Test
  void manyTextsAreMeasuredInOrder() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      List<String> texts = new ArrayList<>(Collections.nCopies(40, "one"));
      texts.set(33, "two");
      assertThat(measure(toy, texts))
          .hasSize(40)
          .allSatisfy(t -> assertThat(t.activation()).isEqualTo(t.text().equals("two") ? 6 : 2));
    }
  }

  @Test
  void whatTheModelCannotReadAnyMoreIsCutOff() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      String long15 = "one ".repeat(15);
      assertThat(measure(toy, List.of("one ".repeat(14) + "two", long15 + "two")))
          .extracting(ActivatedText::activation)
          .containsExactly(6.0, 2.0);
    }
  }
}
