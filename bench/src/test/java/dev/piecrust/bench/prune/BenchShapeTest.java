package dev.piecrust.bench.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchShapeTest {
  @Test
  void changesSingleNumbersOfAPreset() {
    BenchShape shape = BenchShape.parse("medium,tokens=40,features=1000");
    assertThat(shape.tokens()).isEqualTo(40);
    assertThat(shape.features()).isEqualTo(1000);
    assertThat(shape.width()).isEqualTo(BenchShape.parse("medium").width());
  }

  @Test
  void hasTheSizeOfTheReferenceModelAndTranscoder() {
    BenchShape shape = BenchShape.parse("llama-3.2-1b");
    assertThat(shape.parameters()).isEqualTo(1_235_814_400L); // as its authors count
    assertThat(shape.transcoderBytes() - shape.encoderBytes())
        .isEqualTo(18_253_611_008L + 2L * 16 * (32768 + 2048)); // decoders, and biases
  }

  @Test
  void saysWhatIsOnlyAPartOfThePublished() {
    assertThat(BenchShape.parse("llama-3.1-8b,prompts=2").part()).isEmpty();
    assertThat(BenchShape.parse("llama-3.1-8b,layers=3").part()).containsExactly("layers 3 of 32");
    assertThat(BenchShape.parse("tiny").part()).contains("width 64 of 2048");
  }

  @Test
  void leavesWhatNoReaderLooksAtAHole() {
    BenchShape shape = BenchShape.parse("gemma-3-1b");
    long decoders = 26L * 27 / 2 * 10080 * 1152; // of 26 · 26 that are stored
    long others = 26L * (1152L * 10080 + 1152L * 1152 + 1152 + 2 * 10080);
    assertThat(shape.transcoderBytes()).isEqualTo(4 * (decoders + others));
  }

  @Test
  void dividesAPresetAndKeepsItsHeads() {
    BenchShape shape = BenchShape.parse("gemma-2-2b/16,prompts=1");
    assertThat(shape.published()).isEqualTo(Published.GEMMA_2_2B);
    assertThat(shape.values())
        .containsEntry("layers", 2)
        .containsEntry("width", 144)
        .containsEntry("heads", 8)
        .containsEntry("kv-heads", 4)
        .containsEntry("head-size", 16)
        .containsEntry("inner", 576)
        .containsEntry("vocabulary", 16000)
        .containsEntry("features", 1024)
        .containsEntry("prompts", 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "huge|'huge' is unknown; expected one of [tiny, small",
        "small,depth=3|'depth=3' in the shape is wrong; expected NAME=NUMBER",
        "small,tokens=x|'tokens=x'",
        "small,layers=0|expected 1 or more",
        "small,heads=3|key-value heads that divide the query heads",
        "small,head-size=3|heads of size 3",
        "llama-3.2-1b/64|cannot be divided by 64",
        "llama-3.2-1b/0|'llama-3.2-1b/0' is wrong; expected a shape divided by a number",
        "small,active=4000|at most half of the features",
      })
  void refusesWhatMakesNoShape(String text, String sentence) {
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(() -> BenchShape.parse(text))
        .withMessageContaining(sentence)
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.USER));
  }
}
