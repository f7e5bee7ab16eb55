package dev.piecrust.prune.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;
import dev.piecrust.campaign.SynergySpec;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.RandomSubject;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.ToySubject;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynergyTest {
  @TempDir Path folder;

  /**
   * Token 2 is right, so {@code m = h1 − h0}. Occurrences 0 and 1 each write (3, 0) into layer 0,
   * which the wrong answer's logit doubles as long as the sum stays positive, and 7.5 and 7 into
   * the right answer's logit: removing both costs 2 more than each by itself (14.5 − 10 against 1.5
   * + 1). Occurrence 2 is a loner of 4.2. So {@code fap} is 4.5, 4, 4.2, 1.
   */
  private ToySubject planted() throws IOException {
    TokenizedPair pair =
        new TokenizedPair(
            new PromptPair("one", "two", " two", " one"), new int[] {0, 1}, new int[] {0, 2}, 2, 1);
    return new ToySubject(
        folder,
        pair,
        new float[] {1.5f, 0, 0, 3.75f, -1.5f, 0, 0, -3.5f},
        new float[] {-1.05f, 0, 0, -0.25f});
  }

  @Test
  void aPairThatWorksTogetherIsRescuedFromTheBoundary() throws IOException {
    // K = 2, boundary 100 %: h = 1, core {0}, boundary {2, 1}, partner 0. Synergy of 2 is 0, of 1
    // it is 2. Boosted: 2 → 4.2/4.35 = 0.97; 1 → 4/4.35 + 3·2/1.5 = 4.92.
    assertThat(kept(new SynergySpec(3, 100, 32, 32, 8, 0))).containsExactly(0, 1);
  }

  @Test
  void withoutSynergyItIsFap() throws IOException {
    assertThat(kept(new SynergySpec(0, 100, 32, 32, 8, 0))).containsExactly(0, 2);
  }

  private List<Integer> kept(SynergySpec settings) throws IOException {
    try (ToySubject toy = planted();
        PruningBatch batch = toy.batch(Corruption.PROMPT);
        PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      float[] fap = new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch).get(0);
      assertThat(fap).containsExactly(4.5f, 4, 4.2f, 1);
      Selection selection = select(run, fap, PruneSpec.defaults().withBudgets(2), settings);
      return boxed(selection.kept().getOrDefault(2, new int[0]));
    }
  }

  @Test
  void theBoundaryIsRankedByScoreAndMedianSynergy() {
    // K = 4, boundary 100 %: h = 2, core {0, 1}, boundary {2, 3, 4, 5} cut to 3 by its cap.
    // A median of an even count is the lower of both middle values.
    // |fap| 8, 6, 4, 3, 2, 1: median of the best four 4. Partners' |eff| 2 and 4: median 2.
    // Synergies with 0 and 1: of 2 (−1, 1) → −1; of 3 (1, 2) → 1; of 4 none, as its own is 0.
    // Boosted with lambda 2: 1, 0.75 + 2·1/2 = 1.75, 0.5; with lambda 0.45: 1, 0.975, 0.5, where
    // means of the middle values would give 0.8, 0.825, 0.4.
    assertThat(keptAtTheBoundary(2)).containsExactly(0, 1, 3, 2);
    assertThat(keptAtTheBoundary(0.45)).containsExactly(0, 1, 2, 3);
  }

  private static int[] keptAtTheBoundary(double lambda) {
    float[] fap = {8, 6, 4, 3, 2, 1};
    Map<List<Integer>, Double> effects =
        Map.of(
            List.of(0), 2.0,
            List.of(1), 4.0,
            List.of(2), 1.0,
            List.of(3), 1.0,
            List.of(4), 0.0,
            List.of(2, 0), 2.0,
            List.of(2, 1), 6.0,
            List.of(3, 0), 4.0,
            List.of(3, 1), 7.0);
    SynergyBoundary boundary =
        new SynergyBoundary(
            new int[] {0, 1, 2, 3, 4, 5}, 4, fap, new SynergySpec(lambda, 100, 3, 32, 8, 0), 7);
    assertThat(boundary.singles()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThat(boundary.pairs(set -> effects.get(boxed(set))).map(SynergyTest::boxed))
        .containsExactlyInAnyOrder(List.of(2, 0), List.of(2, 1), List.of(3, 0), List.of(3, 1));
    boundary.decide(set -> effects.get(boxed(set)));
    return boundary.kept();
  }

  @Test
  void halvesOfTheBoundaryAreRoundedToEven() {
    // 25 % of K = 20: h = 2.5 → 2; of K = 28: 3.5 → 4.
    int[] order = IntStream.range(0, 100).toArray();
    float[] fap = new float[100];
    Arrays.fill(fap, 1);
    assertThat(
            new SynergyBoundary(order, 20, fap, new SynergySpec(3, 25, 99, 0, 8, 0), 1).singles())
        .containsExactly(18, 19, 20, 21);
    assertThat(
            new SynergyBoundary(order, 28, fap, new SynergySpec(3, 25, 99, 0, 8, 0), 1).singles())
        .hasSize(8)
        .startsWith(24);
  }

  @Test
  void onARandomModelZeroLambdaIsFapAndWithAllPartnersTheSeedDoesNotMatter() throws IOException {
    try (RandomSubject subject = new RandomSubject(folder);
        PruningBatch batch = subject.batch(subject.pairs(9));
        PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      float[] fap = new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch).get(0);
      for (Scope scope : Scope.values()) {
        PruneSpec spec = scoped(scope);
        Selection plain = KeepSet.selection(run.occurrences(), fap, spec);
        Selection zero = select(run, fap, spec, new SynergySpec(0, 50, 32, 32, 8, 0));
        plain
            .kept()
            .forEach((k, set) -> assertThat(zero.kept().get(k)).containsExactlyInAnyOrder(set));
        Selection first = select(run, fap, spec, new SynergySpec(3, 50, 32, 6, 6, 0));
        Selection second = select(run, fap, spec, new SynergySpec(3, 50, 32, 6, 6, 99));
        first.kept().forEach((k, set) -> assertThat(second.kept().get(k)).containsExactly(set));
      }
    }
  }

  private static PruneSpec scoped(Scope scope) {
    PruneSpec d = PruneSpec.defaults();
    return new PruneSpec(
        d.methods(),
        List.of(8, 20),
        d.corruption(),
        d.metric(),
        scope,
        d.randomSeeds(),
        d.batch(),
        d.settings(),
        d.heldOut(),
        true);
  }

  private static Selection select(
      PromptRun run, float[] fap, PruneSpec spec, SynergySpec settings) {
    return new Synergy(spec.withSettings(MethodSettings.defaults().with(settings)))
        .select(run, new PromptScores(Map.of(Method.FAP, fap)), Beat.NONE);
  }

  private static List<Integer> boxed(int[] set) {
    return IntStream.of(set).boxed().toList();
  }
}
