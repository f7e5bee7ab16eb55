package dev.piecrust.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.prune.method.CircuitSwap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitsTest {
  private static final FeatureId A = new FeatureId(0, 0);
  private static final FeatureId B = new FeatureId(0, 1);
  private static final FeatureId C = new FeatureId(1, 0);
  private static final FeatureId D = new FeatureId(1, 1);

  @TempDir Path folder;

  /** Three occurrences of two features: A at positions 1 and 2, C at position 2. */
  private static final Occurrences OCCURRENCES =
      new Occurrences(
          new int[] {0, 0, 1},
          new int[] {1, 2, 2},
          new int[] {0, 0, 0},
          new float[] {1, 1, 1},
          new float[] {1, 1, 1});

  @Test
  void talliesCountAndAverageOverOccurrences() {
    FeatureTally tally = new FeatureTally();
    tally.add(
        OCCURRENCES,
        new Selection(
            new float[] {2, -1, 4}, new TreeMap<>(Map.of(1, new int[] {2}, 2, new int[] {2, 0}))));
    tally.add(
        OCCURRENCES,
        new Selection(
            new float[] {1, 3, -2}, new TreeMap<>(Map.of(1, new int[] {1}, 2, new int[] {1, 2}))));
    // A: Σ|score| 2 + 1 + 1 + 3 = 7 of 4; C: 6 of 2. At K = 1 both are kept once, at K = 2 twice.
    assertThat(tally.byScore()).containsExactly(A, C);
    assertThat(tally.byKeptCount(1)).containsExactly(A, C);
    assertThat(tally.stats("t", "fap"))
        .containsExactly(
            new FeatureStats(
                "t", "fap", A, 2, 4, new TreeMap<>(Map.of(1, 1, 2, 2)), 1.75, 1.25, List.of(1, 2)),
            new FeatureStats(
                "t", "fap", C, 2, 2, new TreeMap<>(Map.of(1, 1, 2, 2)), 3, 1, List.of(2)));
  }

  @Test
  void sharesAreDealtByChanceAndAlwaysTheSame() {
    Share[] shares = Share.deal(50, 0.2);
    assertThat(Share.deal(50, 0.2)).containsExactly(shares);
    assertThat(Arrays.stream(shares).filter(s -> s == Share.HELD_OUT)).hasSize(10);
    assertThat(Arrays.stream(shares).filter(s -> s == Share.VALIDATION)).hasSize(10);
    assertThat(Arrays.copyOf(shares, 10)).contains(Share.TRAINING);
    assertThat(Share.deal(3, 0.2)).contains(Share.HELD_OUT, Share.VALIDATION, Share.TRAINING);
    assertThat(Share.deal(2, 0.2)).containsOnly(Share.TRAINING);
    assertThat(Share.deal(50, 0)).containsOnly(Share.TRAINING);
  }

  @Test
  void aGainWithinItsStandardErrorIsNoGain() {
    // Gains of the first alternative: 3, −1: mean 1, standard error 2. Of the second: 0.5, 0.4.
    assertThat(CircuitSwap.preferred(List.of(new double[] {4, 1, 3.5}, new double[] {2, 3, 1.6})))
        .isEqualTo(2);
    assertThat(CircuitSwap.preferred(List.of(new double[] {4, 1}, new double[] {2, 3}))).isZero();
  }

  @Test
  void swapsOfFeaturesFollowTheMeanOverPrompts() throws IOException {
    // On the toy (see ToyMethodsTest) KL of {0}, {1}, {2}, {3} is near 4, 7, 5, 5: from B alone the
    // best single exchange is for A, and no other is better.
    try (ToySubject toy = new ToySubject(folder);
        PruningBatch batch = toy.batch(Corruption.PROMPT)) {
      Share[] shares = {Share.TRAINING, Share.TRAINING, Share.VALIDATION, Share.HELD_OUT};
      SwapSpec settings = new SwapSpec(3, 64, SwapSpec.Objective.KL_LAST);
      CircuitSwap.Answers answers =
          question -> {
            SortedMap<Integer, List<Double>> byPrompt = new TreeMap<>();
            for (int i = 0; i < question.prompts(); i++) {
              if (question.shares().contains(shares[i])) {
                try (PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
                  byPrompt.put(i, question.answer(run, settings, Beat.NONE));
                }
              }
            }
            return byPrompt;
          };
      CircuitSwap swap = new CircuitSwap(settings, shares, answers);
      assertThat(swap.improve(List.of(List.of(B)), List.of(C, D, A, B))).containsExactly(A);
      // The validation prompt prefers the better of two starts.
      CircuitSwap none =
          new CircuitSwap(new SwapSpec(0, 64, SwapSpec.Objective.KL_LAST), shares, answers);
      assertThat(none.improve(List.of(List.of(B), List.of(D)), List.of())).containsExactly(D);
    }
  }

  @Test
  void variantsOfARandomModelEqualFullRuns() throws IOException {
    try (RandomSubject subject = new RandomSubject(folder);
        PruningBatch batch = subject.batch(subject.pairs(11, 7))) {
      for (Metric metric : Metric.values()) {
        try (PromptRun run = new PromptRun(batch, 0, metric)) {
          int size = run.occurrences().size();
          int[] kept = {0, size / 3, size / 2, size - 2};
          int[][] changed = {{1}, {size / 4}, {size - 1}, {2, size / 5}, {size - 3, size - 1}};
          try (Variants context = Variants.keeping(run, kept)) {
            List<Effect> suffix =
                context.measure(
                    Arrays.stream(changed)
                        .map(c -> OccurrenceSet.change(0, new int[0], c))
                        .toList(),
                    Beat.NONE);
            for (int i = 0; i < changed.length; i++) {
              int[] both =
                  java.util.stream.IntStream.concat(Arrays.stream(kept), Arrays.stream(changed[i]))
                      .toArray();
              try (Variants full = Variants.keeping(run, both)) {
                Effect whole = full.base();
                assertThat(suffix.get(i).metric())
                    .isCloseTo(whole.metric(), within(1e-5 * Math.max(1, whole.metric())));
                assertThat(suffix.get(i).klLast()).isCloseTo(whole.klLast(), within(1e-5));
              }
            }
          }
        }
      }
    }
  }
}
