package dev.piecrust.prune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.Scope;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.ToySubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores, keep sets and fidelity on the toy subject, against numbers worked out on paper. */
class ToyScoresTest {
  @TempDir Path folder;
  private ToySubject toy;
  private PruningBatch batch;

  @BeforeEach
  void open() throws IOException {
    toy = new ToySubject(folder);
    batch = toy.batch(Corruption.PROMPT);
  }

  @AfterEach
  void close() {
    batch.close();
    toy.close();
  }

  @Test
  void occurrencesAreTheUnionOfBothRunsWithoutBos() {
    Occurrences o = batch.occurrences(0);
    assertThat(o.layer()).containsExactly(0, 0, 1, 1);
    assertThat(o.position()).containsExactly(1, 1, 1, 1);
    assertThat(o.feature()).containsExactly(0, 1, 0, 1);
    assertThat(o.clean()).containsExactly(2, 1, 4, 2);
    assertThat(o.delta()).containsExactly(2, -2, 4, -4);
  }

  @Test
  void zeroCorruptionRemovesTheWholeActivation() {
    try (PruningBatch zero = toy.batch(Corruption.ZERO)) {
      assertThat(zero.occurrences(0).delta()).containsExactly(2, 1, 4, 2);
    }
  }

  @Test
  void fapIsDeltaTimesTheGradientAlongAllWrites() {
    // g = (1, −1) at the last position of every layer.
    // (0,0): 2·(⟨(1,0),g⟩ + ⟨(½,0),g⟩) = 3; (0,1): −2·(−1 + 0) = 2; (1,0): 4·1; (1,1): −4·−1.
    assertThat(new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch).get(0))
        .containsExactly(3, 2, 4, 4);
  }

  @Test
  void fapOfLogSumExpWeighsEveryPosition() {
    // At position 1, softmax(0, 8, 2) = (s0, s1, s2) and g = (s1, s2); BOS has no occurrence.
    double z = 1 + Math.exp(8) + Math.exp(2);
    double s1 = Math.exp(8) / z;
    double s2 = Math.exp(2) / z;
    float[] scores = new Fap(Metric.LOGSUMEXP, Linearity.LOCAL).score(batch).get(0);
    assertThat((double) scores[0]).isCloseTo(2 * 1.5 * s1, within(1e-5));
    assertThat((double) scores[1]).isCloseTo(-2 * (s2 + s1 + s2), within(1e-5));
    assertThat((double) scores[3]).isCloseTo(-4 * s2, within(1e-5));
  }

  @Test
  void activationMagnitudeIsTheCleanActivation() {
    assertThat(new ActivationMagnitude().score(batch).get(0)).containsExactly(2, 1, 4, 2);
  }

  @Test
  void randomScoresRepeatForASeedAndDifferBetweenSeeds() {
    float[] first = new RandomScores(0).score(batch).get(0);
    assertThat(new RandomScores(0).score(batch).get(0)).containsExactly(first);
    assertThat(new RandomScores(1).score(batch).get(0)).isNotEqualTo(first);
  }

  @Test
  void rankingIsByAbsoluteScoreAndTiesByLayerPositionFeature() {
    assertThat(KeepSet.ranking(new float[] {3, 2, 4, -4})).containsExactly(2, 3, 0, 1);
  }

  @Test
  void scopePerLayerKeepsTheBestOfEachLayer() {
    int[] ranking = KeepSet.ranking(new float[] {3, 2, 4, 4});
    assertThat(KeepSet.best(batch.occurrences(0), ranking, 1, Scope.PER_LAYER))
        .containsExactly(2, 0);
    assertThat(KeepSet.best(batch.occurrences(0), ranking, 1, Scope.GLOBAL)).containsExactly(2);
    assertThat(KeepSet.best(batch.occurrences(0), ranking, 9, Scope.GLOBAL)).hasSize(4);
  }

  @Test
  void fidelityRunsTheRealModelOnWithTheRestSubtracted() {
    // Keeping (1,0): y0 = (0, 3), then y1 = (relu 2, 0) − (1,0) + (2,2) + (0,4) = (3, 6): hidden
    // (5, 10), m = −5.
    // Keeping nothing: hidden (1, 10), m = −9. Removing only (1,0): hidden (4, 2), m = 2. Clean:
    // (8, 2), m = 6.
    try (PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      FidelityCheck check = new FidelityCheck(run);
      Fidelity kept = check.measure(List.of(new int[] {2})).get(0);
      double kl = kl(new double[] {0, 8, 2}, new double[] {0, 5, 10});
      assertThat(kept.klLast()).isCloseTo(kl, within(1e-5));
      assertThat(kept.klAll()).isCloseTo(kl / 2, within(1e-5)); // BOS is not touched
      assertThat(kept.predChanged()).isEqualTo(1);
      assertThat(kept.faithfulness()).isCloseTo(4.0 / 15, within(1e-6));
      assertThat(kept.completeness()).isCloseTo(11.0 / 15, within(1e-6));
    }
  }

  @Test
  void keepingAllIsTheCleanRunAndKeepingNothingHasNoFaithfulness() {
    try (PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      FidelityCheck check = new FidelityCheck(run);
      List<Fidelity> ends = check.measure(List.of(new int[] {3, 1, 0, 2}, new int[0]));
      // The logit difference is 6, and 6 − 5 − 2 − 4 − 4 without any.
      assertThat(ends.get(0)).isEqualTo(new Fidelity(0, 0, 0, 1.0, 0.0, 6.0, -9.0));
      assertThat(ends.get(1).faithfulness()).isEqualTo(0.0);
      assertThat(ends.get(1).completeness()).isEqualTo(1.0);
    }
  }

  private static double kl(double[] clean, double[] patched) {
    double a = logSumExp(clean);
    double b = logSumExp(patched);
    double kl = 0;
    for (int i = 0; i < clean.length; i++) {
      kl += Math.exp(clean[i] - a) * ((clean[i] - a) - (patched[i] - b));
    }
    return kl;
  }

  private static double logSumExp(double[] logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum);
  }
}
