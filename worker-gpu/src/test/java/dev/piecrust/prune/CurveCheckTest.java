package dev.piecrust.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Metric;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.MetricCurve;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurveCheckTest {
  /** Logits are of size 1 and pass through two layers in f32. */
  private static final double F32 = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Metric.class)
  void isTheMetricOfTheKeepSetsOfEachSize(Metric metric) throws IOException {
    try (RandomSubject subject = new RandomSubject(folder);
        PruningBatch batch = subject.batch(subject.pairs(9, 7));
        PromptRun run = new PromptRun(batch, 0, metric)) {
      int n = run.occurrences().size();
      MetricCurve curve =
          new CurveCheck(run, Corruption.PROMPT)
              .measure(List.of(new CurveCheck.Order(n, size -> first(size))))
              .get(0);
      assertThat(curve.clean()).isEqualTo(run.cleanMetric());
      FidelityCheck check = new FidelityCheck(run);
      for (MetricCurve.Point point : curve.points()) {
        assertThat(point.kept()).isEqualTo((int) Math.round(point.share() * n));
        Fidelity fidelity = check.measure(List.of(first(point.kept()))).get(0);
        assertThat(point.metric()).isCloseTo(fidelity.metric(), within(F32));
        assertThat(curve.empty())
            .isCloseTo(Objects.requireNonNull(fidelity.metricEmpty()), within(F32));
      }
      assertThat(curve.points().get(8).kept()).isGreaterThan(10); // a share of ½ keeps something
    }
  }

  @Test
  void removesTheDifferenceOfErrorTermsWithWhatIsNotKept() throws IOException {
    try (RandomSubject subject = new RandomSubject(folder);
        PruningBatch batch = subject.batch(subject.pairs(9));
        PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF);
        NDManager part = subject.manager.newSubManager()) {
      int n = run.occurrences().size();
      MetricCurve curve =
          new CurveCheck(run, Corruption.PROMPT)
              .measure(List.of(new CurveCheck.Order(n, size -> first(size))))
              .get(0);
      Trace clean = subject.model.trace(part, new TokenBatch(List.of(run.pair().clean())));
      Trace corrupted = subject.model.trace(part, new TokenBatch(List.of(run.pair().corrupted())));
      int kept = curve.points().get(8).kept();
      // What is left of y is y_clean − (y_clean − y_corr) + Σ_S.
      List<NDArray> sum = run.removingAllBut(part, List.of(first(kept)));
      List<NDArray> patch = new ArrayList<>();
      for (int t = 0; t < sum.size(); t++) {
        NDArray keptSum = run.all().get(t).sub(sum.get(t));
        patch.add(clean.mlpOut().get(t).sub(corrupted.mlpOut().get(t)).sub(keptSum));
      }
      NDArray hidden = subject.model.run(part, run.copies(1), patch);
      float expected =
          run.metric().value(subject.model.unembed(hidden), run.pair()).toFloatArray()[0];
      assertThat(Objects.requireNonNull(curve.points().get(8).patched()))
          .isCloseTo(expected, within(F32));
      assertThat(curve.points().get(8).metric()).isNotCloseTo(expected, within(F32));
      assertThat(curve.emptyPatched()).isNotNull();
    }
  }

  @Test
  void hasNoErrorTermsOfZeroedActivations() throws IOException {
    try (RandomSubject subject = new RandomSubject(folder);
        PruningBatch batch = subject.batch(subject.pairs(9));
        PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      MetricCurve curve =
          new CurveCheck(run, Corruption.ZERO)
              .measure(List.of(new CurveCheck.Order(run.occurrences().size(), size -> first(size))))
              .get(0);
      assertThat(curve.emptyPatched()).isNull();
      assertThat(curve.points()).extracting(MetricCurve.Point::patched).containsOnlyNulls();
    }
  }

  private static int[] first(int size) {
    return IntStream.range(0, size).toArray();
  }
}
