package dev.piecrust.prune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.RandomSubject;
import dev.piecrust.prune.ToySubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitGreedyTest {
  /** A difference quotient's width: the curvature adds its square, rounding 1e-7 over it. */
  private static final double STEP = 0.02;

  /** Of no matter here. */
  private static final SwapSpec SWAPS = new SwapSpec(1, 1, SwapSpec.Objective.KL_LAST);

  @TempDir Path folder;

  @Test
  void theFeatureThatLowersTheKlMostComesFirst() throws IOException {
    try (ToySubject toy = new ToySubject(folder);
        PruningBatch batch = toy.batch(Corruption.PROMPT)) {
      CircuitGreedy greedy = new CircuitGreedy(circuit -> bestBeside(batch, circuit));
      // See CircuitsTest: alone, feature 0 of layer 0 leaves the least KL.
      FeatureId best = new FeatureId(0, 0);
      assertThat(greedy.grown(List.of(), 1)).containsExactly(best);
      List<FeatureId> three = greedy.grown(List.of(best), 3);
      assertThat(three).hasSize(3).startsWith(best).doesNotHaveDuplicates();
      // There are no more than four.
      assertThat(greedy.grown(three, 9)).hasSize(4).startsWith(three.toArray(FeatureId[]::new));
    }
  }

  @Test
  void effectsAreTheSlopesOfTheKlOfTheRealModelOnThePath() throws IOException {
    try (RandomSubject subject = new RandomSubject(folder);
        PruningBatch batch = subject.batch(subject.pairs(9));
        PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      int size = run.occurrences().size();
      int[] kept = {0, size / 3, size / 2};
      float[] effects = CircuitGreedy.effects(run, kept);
      assertThat(effects).hasSize(size);
      double largest = 0;
      for (float effect : effects) {
        largest = Math.max(largest, Math.abs(effect));
      }
      for (int i : new int[] {1, size / 4, (2 * size) / 3, size - 1}) {
        double slope = 0;
        for (int point = 0; point < CircuitGreedy.POINTS; point++) {
          double back = (point + 0.5) / CircuitGreedy.POINTS;
          slope += (kl(run, kept, back, i, STEP) - kl(run, kept, back, i, -STEP)) / (2 * STEP);
        }
        assertThat((double) effects[i])
            .as("occurrence %d of %d", i, size)
            .isCloseTo(slope / CircuitGreedy.POINTS, within(0.01 * largest));
      }
    }
  }

  /** KL, summed in f64, where all that is not kept is back by a share, and one by a little more. */
  private static double kl(PromptRun run, int[] kept, double back, int one, double more) {
    int size = run.occurrences().size();
    float[] weights = new float[size];
    int[] all = new int[size];
    for (int i = 0; i < size; i++) {
      all[i] = i;
      weights[i] = (float) (1 - back - (i == one ? more : 0));
    }
    for (int i : kept) {
      weights[i] = 0;
    }
    try (NDManager scope = run.manager().newSubManager()) {
      List<NDArray> patch =
          run.batch()
              .write(
                  scope,
                  List.of(new OccurrenceSet(run.prompt(), all, weights)),
                  run.pair().clean().length);
      double[] patched = logProbs(run, scope, patch);
      double[] clean = logProbs(run, scope, List.of());
      double sum = 0;
      for (int v = 0; v < clean.length; v++) {
        sum += Math.exp(clean[v]) * (clean[v] - patched[v]);
      }
      return sum;
    }
  }

  private static double[] logProbs(PromptRun run, NDManager scope, List<NDArray> patch) {
    NDArray hidden = run.batch().model().run(scope, run.copies(1), patch);
    float[] logits =
        run.batch().model().unembed(hidden.get(new NDIndex(":, -1"))).toFloatArray(); // [V]
    double most = 0;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double shift = most;
    double[] shifted = new double[logits.length];
    Arrays.setAll(shifted, v -> logits[v] - shift);
    double total = Math.log(Arrays.stream(shifted).map(Math::exp).sum());
    return Arrays.stream(shifted).map(logit -> logit - total).toArray();
  }

  /** Of two prompts that are the same. */
  private static List<FeatureId> bestBeside(PruningBatch batch, List<FeatureId> circuit) {
    CircuitGreedy.Sum sum = new CircuitGreedy.Sum(circuit);
    for (int prompt = 0; prompt < 2; prompt++) {
      try (PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
        sum.add(
            run.occurrences(), CircuitGreedy.question(circuit, 2).answer(run, SWAPS, Beat.NONE));
      }
    }
    return sum.bestFirst();
  }
}
