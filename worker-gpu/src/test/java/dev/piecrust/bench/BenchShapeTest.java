package dev.piecrust.bench;

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
    assertThat(shape.decoderWeights() * shape.bytesPerNumber()).isEqualTo(18_253_611_008L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "huge|'huge' is unknown; expected one of [tiny, small",
        "small,depth=3|'depth=3' in the shape is wrong; expected NAME=NUMBER",
        "small,tokens=x|'tokens=x'",
        "small,layers=0|expected 1 or more",
        "small,heads=3|heads that divide the width",
        "small,active=4000|at most half of the features",
      })
  void refusesWhatMakesNoShape(String text, String sentence) {
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(() -> BenchShape.parse(text))
        .withMessageContaining(sentence)
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.USER));
  }
}
