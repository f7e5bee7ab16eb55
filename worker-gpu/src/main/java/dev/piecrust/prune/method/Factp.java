package dev.piecrust.prune.method;

import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.Variants;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Exact feature patching (docs/method.md §5): the score is {@code m_clean − m(patched)} where that
 * one occurrence is removed, for a pool of the best by {@code fap} and by {@code
 * activation-magnitude}; 0 for the others.
 */
final class Factp implements Selector {
  private final PruneSpec spec;

  Factp(PruneSpec spec) {
    this.spec = spec;
  }

  @Override
  public Set<Method> bases() {
    return Set.of(Method.FAP, Method.ACTIVATION_MAGNITUDE);
  }

  @Override
  public Selection select(PromptRun run, PromptScores scores, Beat beat) {
    float[] effect = new float[run.occurrences().size()];
    int[] pool = pool(scores, spec.settings().factp());
    try (Variants clean = Variants.ofClean(run)) {
      Removals removals = new Removals(run, clean);
      removals.measureSingles(Arrays.stream(pool), beat);
      for (int i : pool) {
        effect[i] = (float) removals.of(i);
      }
    }
    return KeepSet.selection(run.occurrences(), effect, spec);
  }

  /** The best of both rankings in turn, until the pool is full. */
  private static int[] pool(PromptScores scores, FactpSpec factp) {
    int[] fap = KeepSet.ranking(scores.of(Method.FAP));
    int[] magnitude = KeepSet.ranking(scores.of(Method.ACTIVATION_MAGNITUDE));
    Set<Integer> pool = new LinkedHashSet<>();
    for (int i = 0; i < fap.length; i++) {
      for (int next : new int[] {fap[i], magnitude[i]}) {
        if (pool.size() < factp.pool()) {
          pool.add(next);
        }
      }
    }
    return pool.stream().mapToInt(i -> i).sorted().toArray();
  }
}
