package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private final Statistics statistics = new Statistics(Statistics.SEED);

  @Test
  void takesMeanAndSampleDeviation() {
    Estimate estimate = statistics.estimate(values(2, 4, 4, 4, 5, 5, 7, 9));
    assertThat(estimate.mean()).hasValue(5);
    // Squares of the deviations add up to 32; over n − 1 = 7.
    assertThat(estimate.sd().getAsDouble()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
    assertThat(estimate.n()).isEqualTo(8);
  }

  @Test
  void spansAllMeansOfTwoValues() {
    // Resampled means are 0, ½ and 1 with probabilities ¼, ½ and ¼: both tails exceed 2.5 %.
    Estimate estimate = statistics.estimate(values(0, 1));
    assertThat(estimate.low()).hasValue(0);
    assertThat(estimate.high()).hasValue(1);
  }

  @Test
  void comesCloseToTheNormalIntervalOfManyValues() {
    List<OptionalDouble> values =
        IntStream.range(0, 400).mapToObj(i -> OptionalDouble.of(i % 2)).toList();
    Estimate estimate = statistics.estimate(values);
    // Standard error ½ / √400 = 0.025, so 0.5 ± 1.96 · 0.025.
    assertThat(estimate.low().getAsDouble()).isCloseTo(0.451, within(0.005));
    assertThat(estimate.high().getAsDouble()).isCloseTo(0.549, within(0.005));
  }

  @Test
  void leavesMissingValuesOutAndCountsThem() {
    Estimate estimate =
        statistics.estimate(
            Arrays.asList(OptionalDouble.of(1), OptionalDouble.empty(), OptionalDouble.of(3)));
    assertThat(estimate.mean()).hasValue(2);
    assertThat(estimate.n()).isEqualTo(2);
    assertThat(estimate.missing()).isEqualTo(1);
  }

  @Test
  void claimsNoSpreadOfOneValueAndNothingOfNone() {
    Estimate one = statistics.estimate(values(3));
    assertThat(one.mean()).hasValue(3);
    assertThat(one.sd()).isEmpty();
    assertThat(one.low()).isEmpty();
    Estimate none = statistics.estimate(List.of(OptionalDouble.empty()));
    assertThat(none.mean()).isEmpty();
    assertThat(none.n()).isZero();
    assertThat(none.missing()).isEqualTo(1);
  }

  @Test
  void givesTheSameForTheSameSeedAlone() {
    List<OptionalDouble> values = values(1, 2, 4, 8, 16, 32, 64);
    assertThat(statistics.estimate(values)).isEqualTo(statistics.estimate(values));
    assertThat(new Statistics(1).estimate(values)).isNotEqualTo(statistics.estimate(values));
  }

  @Test
  void interpolatesQuantiles() {
    double[] sorted = {10, 20, 30, 40, 50};
    assertThat(Statistics.quantile(sorted, 0.5)).isEqualTo(30);
    assertThat(Statistics.quantile(sorted, 0.1)).isCloseTo(14, within(1e-12));
    assertThat(Statistics.quantile(sorted, 1)).isEqualTo(50);
  }

  private static List<OptionalDouble> values(double... values) {
    return DoubleStream.of(values).mapToObj(OptionalDouble::of).toList();
  }

  @Test
  void dividesMeansAndLeavesOutPromptsThatLackEither() {
    // (1 + 3) / (2 + 6), and in every resample between 1/2 and 1/2.
    Estimate half =
        Statistics.standard()
            .quotients(
                List.of(
                    new Statistics.Quotient(
                        new double[] {1, Double.NaN, 3}, new double[] {2, 5, 6})))
            .get(0);
    assertThat(half.mean()).hasValue(0.5);
    assertThat(half.low()).hasValue(0.5);
    assertThat(half.n()).isEqualTo(2);
    assertThat(half.missing()).isEqualTo(1);
    Estimate undefined =
        Statistics.standard()
            .quotients(List.of(new Statistics.Quotient(new double[] {1, 1}, new double[] {1, -1})))
            .get(0);
    assertThat(undefined.mean()).isEmpty();
    assertThat(undefined.missing()).isEqualTo(2);
  }
}
