package dev.piecrust.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.model.Fixtures;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.transcoder.ExpectedFit;
import dev.piecrust.transcoder.SparseActivations;
import dev.piecrust.transcoder.TranscoderKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SelfTestTest {
  @TempDir Path folder;

  /** By dense sums in f64, token by token, in place of sets of rows. */
  @ParameterizedTest
  @EnumSource(TranscoderKind.class)
  void findsWhatDenseSumsFind(TranscoderKind kind) throws IOException {
    try (RandomSubject subject = new RandomSubject(folder, kind)) {
      List<int[]> prompts = subject.pairs(5, 9, 12).stream().map(TokenizedPair::clean).toList();
      SelfTest found = SelfTest.of(subject.model, subject.transcoder, subject.manager, prompts);

      int tokens = 4 + 8 + 11; // all but BOS
      int layers = subject.model.layers();
      int width = subject.model.width();
      double[][][] written = new double[layers][tokens][];
      double[][][] left = new double[layers][tokens][];
      long active = 0;
      int row = 0;
      for (int[] prompt : prompts) {
        Trace trace = subject.model.trace(subject.manager, new TokenBatch(List.of(prompt)));
        for (int l = 0; l < layers; l++) {
          double[] y = Fixtures.values(trace.mlpOut().get(l));
          for (int p = 1; p < prompt.length; p++) {
            written[l][row + p - 1] = Arrays.copyOfRange(y, p * width, (p + 1) * width);
            left[l][row + p - 1] = written[l][row + p - 1].clone();
          }
        }
        SparseActivations a =
            subject
                .transcoder
                .activations(subject.model, trace, new int[] {1}, new int[] {prompt.length})
                .get(0);
        active += a.size();
        for (int i = 0; i < a.size(); i++) {
          int from = a.layer()[i];
          int writes = subject.transcoder.writes(from);
          for (int w = 0; w < writes; w++) {
            for (int d = 0; d < width; d++) {
              int at = (a.feature()[i] * writes + w) * width + d;
              left[from + w][row + a.position()[i] - 1][d] -=
                  a.value()[i] * subject.decoder(from)[at];
            }
          }
        }
        row += prompt.length - 1;
      }
      assertThat(found.tokens()).isEqualTo(tokens);
      assertThat(found.active()).isCloseTo((double) active / tokens, within(1e-9));
      assertThat(found.linear()).isZero();
      double expected = variance(left) / variance(written);
      assertThat(found.unexplained()).isCloseTo(expected, within(1e-5 * expected));
    }
  }

  private static double variance(double[][][] rows) {
    double variance = 0;
    for (double[][] layer : rows) {
      for (int d = 0; d < layer[0].length; d++) {
        int dimension = d;
        double mean = Arrays.stream(layer).mapToDouble(x -> x[dimension]).average().orElseThrow();
        for (double[] x : layer) {
          variance += (x[d] - mean) * (x[d] - mean) / layer.length;
        }
      }
    }
    return variance;
  }

  @Test
  void warnsWhereFarFewerOrMoreAreActiveThanTheConfigurationSays() {
    assertThat(selfTest(34, 30).warning()).isEmpty();
    assertThat(selfTest(34, 100).warning()).isEmpty();
    assertThat(selfTest(7, 34).warning().orElseThrow())
        .startsWith("its configuration says 34.0 active features a token")
        .contains("with or without the gain");
    assertThat(selfTest(200, 34).sentence()).contains("; warning: its configuration");
    assertThat(new SelfTest(9, 1, 0.5, 0.25, ExpectedFit.UNKNOWN).sentence())
        .isEqualTo(
            "self-test on 9 tokens: 1.00 active features a token, 0.500 of the MLPs' variance is"
                + " unexplained, and the linear parts write 0.250 of it");
  }

  /** By TopK always as many are active. */
  @Test
  void warnsWhereFarMoreIsUnexplainedThanTheConfigurationSays() {
    assertThat(unexplained(0.7, 0.1).warning().orElseThrow())
        .startsWith("its configuration says 0.100 of that variance is unexplained")
        .contains("with or without the gain");
    assertThat(unexplained(0.4, 0.1).warning()).as("other text").isEmpty();
    assertThat(unexplained(0.7, 0.4).warning()).as("no good from the first").isEmpty();
  }

  private static SelfTest unexplained(double found, double expected) {
    return new SelfTest(
        1_000, 34, found, 0, new ExpectedFit(OptionalDouble.of(34), OptionalDouble.of(expected)));
  }

  private static SelfTest selfTest(double active, double expected) {
    return new SelfTest(1_000, active, 0.2, 0, ExpectedFit.ofActive(expected));
  }
}
