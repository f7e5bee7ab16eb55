package dev.piecrust.prune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.campaign.AcdcSpec;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.Effect;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.ToySubject;
import dev.piecrust.prune.Variants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The choosing methods on the toy subject, worked out on paper. With {@code a, b, c, d} 1 where
 * occurrence 0, 1, 2, 3 is removed, the toy's last hidden state is {@code (8 − 5a + 2b − 4c, 2 + 4b
 * + 4d)} and the logit difference {@code 6 − 5a − 2b − 4c − 4d}; {@code fap} is 3, 2, 4, 4.
 */
class ToyMethodsTest {
  private static final PruneSpec SPEC = PruneSpec.defaults().withBudgets(1, 2);

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
  void relevanceCoefficientsFollowTheMlp() {
    // g[1] = (1, −1); y[1] = x[1]'s first coordinate, so g[0] = (2, −1).
    // (0,0): 2·(2 + ½); (0,1): −2·(−1 + 0); (1,0): 4·1; (1,1): −4·−1.
    assertThat(new Fap(Metric.LOGIT_DIFF, Linearity.RELP).score(batch).get(0))
        .containsExactly(5, 2, 4, 4);
  }

  @Test
  void integratedGradientsAreTakenAtMidpointsOfThePath() {
    // With a share s of everything removed, hidden = (8 − 7s, 2 + 8s); for log-sum-exp g = (s1, s2)
    // of softmax(0, hidden) in both layers, here averaged over s = ¼ and s = ¾.
    double[] quarter = softmax(8 - 7 * 0.25, 2 + 8 * 0.25);
    double[] threeQuarters = softmax(8 - 7 * 0.75, 2 + 8 * 0.75);
    double s1 = (quarter[0] + threeQuarters[0]) / 2;
    double s2 = (quarter[1] + threeQuarters[1]) / 2;
    float[] scores = new FapIg(Metric.LOGSUMEXP, 2).score(batch).get(0);
    assertThat((double) scores[0]).isCloseTo(2 * 1.5 * s1, within(1e-5));
    assertThat((double) scores[1]).isCloseTo(-2 * (s2 + s1 + s2), within(1e-5));
    assertThat((double) scores[2]).isCloseTo(4 * s1, within(1e-5));
    assertThat((double) scores[3]).isCloseTo(-4 * s2, within(1e-5));
  }

  @Test
  void exactPatchingRemovesOneOccurrenceAtATime() {
    PruneSpec all = SPEC.withSettings(MethodSettings.defaults().with(new FactpSpec(FactpSpec.ALL)));
    assertThat(select(new Factp(all)).scores()).containsExactly(5, 2, 4, 4);
    // The pool takes fap's best (2), then magnitude's best (2 again), then fap's next (3).
    PruneSpec two = SPEC.withSettings(MethodSettings.defaults().with(new FactpSpec(2)));
    Selection selection = select(new Factp(two));
    assertThat(selection.scores()).containsExactly(0, 0, 4, 4);
    assertThat(selection.kept().get(1)).containsExactly(2);
  }

  @Test
  void acdcDropsTheWeakestOfTheLastLayerFirst() {
    // Thresholds 1, 4, 16 (KL in nats, clean logits (0, 8, 2)).
    // 1: layer 1, weakest first 3, 2: without 3 KL is 0.11; without both 2.11, a rise of 1.99: 2
    // stays. Layer 0: without 1 too it is 0.68; without 0 it would be 3.02.
    // 4: without 2 too it is 3.99, a rise of 3.31; without 0 too 8.96, a rise of 4.97. 16: 0 goes.
    MethodSettings d = MethodSettings.defaults();
    MethodSettings coarse =
        new MethodSettings(
            d.synergy(),
            d.factp(),
            d.swap(),
            new AcdcSpec(1, 4),
            d.igPoints(),
            d.iterativeRounds());
    Selection selection = select(new Acdc(SPEC.withSettings(coarse)));
    assertThat(selection.scores()).containsExactly(4, 2, 3, 1);
    assertThat(selection.kept().get(2)).containsExactly(0, 2);
  }

  @Test
  void iterationTakesGradientsWhereTheRestIsRemoved() {
    // Log-sum-exp: g = (s1, s2). Clean logits (0, 8, 2): scores 3, −2, 4, −0.01, so 2 is kept.
    // With all but 2 removed hidden is (5, 10): s2 is near 1, and 1 scores near −4, so that its
    // mean of −3 passes 0's mean of 1.5.
    MethodSettings d = MethodSettings.defaults();
    MethodSettings twoRounds =
        new MethodSettings(d.synergy(), d.factp(), d.swap(), d.acdc(), d.igPoints(), 2);
    try (PromptRun run = new PromptRun(batch, 0, Metric.LOGSUMEXP)) {
      float[] fap = new Fap(Metric.LOGSUMEXP, Linearity.LOCAL).score(batch).get(0);
      Selection selection =
          new FapIterative(SPEC.withBudgets(2).withSettings(twoRounds))
              .select(run, new PromptScores(Map.of(Method.FAP, fap)), Beat.NONE);
      assertThat(selection.kept().get(2)).containsExactly(2, 1);
      assertThat(KeepSet.ranking(fap)).startsWith(2, 0);
    }
  }

  @Test
  void swapsAreJudgedInThePrunedContext() {
    // K = 1 starts from {2}, logits (0, 5, 10). Adding 0 helps most (0, 10, 10), and 2 is all that
    // can leave: {0} has logits (0, 6, 10), a log-odds of −4 instead of −5. From {0}, adding 2
    // helps most, but {2} is worse: the swaps end.
    assertThat(select(new FapSwap(SPEC)).kept().get(1)).containsExactly(0);
    PruneSpec none =
        SPEC.withSettings(
            MethodSettings.defaults().with(new SwapSpec(0, 64, SwapSpec.Objective.KL_LAST)));
    assertThat(select(new FapSwap(none)).kept().get(1)).containsExactly(2);
  }

  @Test
  void swapsOnTheMetricMinimiseItsDistanceFromTheCleanRun() {
    // m of {0} is −4, of {1} −7, of {2} and {3} −5, clean 6: again {0}.
    PruneSpec metric =
        SPEC.withSettings(
            MethodSettings.defaults().with(new SwapSpec(3, 64, SwapSpec.Objective.METRIC)));
    assertThat(select(new FapSwap(metric)).kept().get(1)).containsExactly(0);
  }

  @Test
  void variantsMeasureChangesOfAnyContext() {
    try (PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF);
        Variants context = Variants.keeping(run, new int[] {2})) {
      List<Effect> effects =
          context.measure(
              List.of(
                  OccurrenceSet.change(0, new int[] {2}, new int[] {0}),
                  OccurrenceSet.change(0, new int[0], new int[] {3}),
                  OccurrenceSet.change(0, new int[0], new int[0])),
              Beat.NONE);
      assertThat(effects).extracting(Effect::metric).containsExactly(-4.0, -1.0, -5.0);
    }
  }

  private Selection select(Selector selector) {
    Map<Method, float[]> scores = new EnumMap<>(Method.class);
    for (Method base : selector.bases()) {
      scores.put(base, ScoringMethods.runs(base, SPEC).get(0).score(batch).get(0));
    }
    try (PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      return selector.select(run, new PromptScores(scores), Beat.NONE);
    }
  }

  private static double[] softmax(double first, double second) {
    double sum = 1 + Math.exp(first) + Math.exp(second);
    return new double[] {Math.exp(first) / sum, Math.exp(second) / sum};
  }
}
