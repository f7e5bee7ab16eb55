package dev.piecrust.prune.method;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SynergySpec;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.Variants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * FAP-Synergy (docs/method.md §5): the boundary of each budget's {@code fap} keep set is ranked
 * anew by what its occurrences do together with the core's best.
 */
final class Synergy implements Selector {
  private final PruneSpec spec;

  Synergy(PruneSpec spec) {
    this.spec = spec;
  }

  @Override
  public Set<Method> bases() {
    return Set.of(Method.FAP);
  }

  @Override
  public Selection select(PromptRun run, PromptScores scores, Beat beat) {
    float[] fap = scores.of(Method.FAP);
    List<int[]> orders = KeepSet.orders(run.occurrences(), KeepSet.ranking(fap), spec.scope());
    List<SynergyBoundary> boundaries = new ArrayList<>(); // budget by budget, order by order
    for (int budget : spec.budgets()) {
      for (int[] order : orders) {
        boundaries.add(new SynergyBoundary(order, budget, fap, settings(), seed(run)));
      }
    }
    measure(run, boundaries, beat);
    SortedMap<Integer, int[]> kept = new TreeMap<>();
    for (int b = 0; b < spec.budgets().size(); b++) {
      kept.put(
          spec.budgets().get(b),
          boundaries.subList(b * orders.size(), (b + 1) * orders.size()).stream()
              .flatMapToInt(boundary -> IntStream.of(boundary.kept()))
              .toArray());
    }
    return new Selection(fap, kept);
  }

  /** All budgets' single removals as one set of batches, then all pairs. */
  private static void measure(PromptRun run, List<SynergyBoundary> boundaries, Beat beat) {
    try (Variants clean = Variants.ofClean(run)) {
      Removals removals = new Removals(run, clean);
      removals.measureSingles(
          boundaries.stream().flatMapToInt(SynergyBoundary::singles).distinct(), beat);
      removals.measure(boundaries.stream().flatMap(b -> b.pairs(removals::of)).toList(), beat);
      boundaries.forEach(boundary -> boundary.decide(removals::of));
    }
  }

  private SynergySpec settings() {
    return spec.settings().synergy();
  }

  /** Depends on the seed and the prompt's tokens alone, not on the batch. */
  private long seed(PromptRun run) {
    return settings().seed() * 0x9E3779B97F4A7C15L + Arrays.hashCode(run.pair().clean());
  }
}
