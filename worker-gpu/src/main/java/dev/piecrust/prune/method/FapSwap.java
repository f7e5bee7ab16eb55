package dev.piecrust.prune.method;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.Effect;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.Variants;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Swaps in the pruned context (docs/method.md §5, {@code fap-swap}): from the best of {@code
 * fap-ig}, rounds of exchanging the least harmful kept occurrences for the most helpful others,
 * judged by patched runs.
 */
final class FapSwap implements Selector {
  /** Below this an objective is as good as reached, in nats or logits. */
  private static final double REACHED = 1e-4;

  /** Less is rounding. */
  private static final double LEAST_GAIN = 1e-6;

  private final PruneSpec spec;

  FapSwap(PruneSpec spec) {
    this.spec = spec;
  }

  @Override
  public Set<Method> bases() {
    return Set.of(Method.FAP_IG);
  }

  @Override
  public Selection select(PromptRun run, PromptScores scores, Beat beat) {
    float[] start = scores.of(Method.FAP_IG);
    int[] ranking = KeepSet.ranking(start);
    TreeMap<Integer, int[]> kept = new TreeMap<>();
    for (int budget : spec.budgets()) {
      int[] first = KeepSet.best(run.occurrences(), ranking, budget, spec.scope());
      kept.put(budget, first.length == ranking.length ? first : swap(run, first, ranking, beat));
    }
    return new Selection(start, kept);
  }

  private int[] swap(PromptRun run, int[] first, int[] ranking, Beat beat) {
    int[] kept = first;
    for (int round = 0; round < spec.settings().swap().rounds(); round++) {
      beat.at("swaps at " + first.length + " kept");
      try (Variants context = Variants.keeping(run, kept)) {
        double now = objective(run).applyAsDouble(context.base());
        if (now <= REACHED) {
          return kept;
        }
        Swaps swaps = swaps(run, context, kept, ranking, beat);
        int best = bestStep(run, context, swaps, now, beat);
        if (best == 0) {
          return kept;
        }
        kept = swaps.applied(kept, best);
      }
    }
    return kept;
  }

  /** Measures every drop and every addition, as one set of batches. */
  private Swaps swaps(PromptRun run, Variants context, int[] kept, int[] ranking, Beat beat) {
    Set<Integer> inside = new HashSet<>(IntStream.of(kept).boxed().toList());
    int[] pool =
        IntStream.of(ranking)
            .filter(i -> !inside.contains(i))
            .limit(spec.settings().swap().pool())
            .toArray();
    double[] objectives =
        context
            .measure(
                IntStream.concat(IntStream.of(kept), IntStream.of(pool))
                    .mapToObj(i -> change(run, i, inside.contains(i)))
                    .toList(),
                beat)
            .stream()
            .mapToDouble(objective(run))
            .toArray();
    return Swaps.of(kept, pool, objectives, i -> KeepSet.group(run.occurrences(), i, spec.scope()));
  }

  private static OccurrenceSet change(PromptRun run, int occurrence, boolean drop) {
    int[] one = {occurrence};
    int[] none = {};
    return drop
        ? OccurrenceSet.change(run.prompt(), one, none)
        : OccurrenceSet.change(run.prompt(), none, one);
  }

  /** How many swaps at once do best; 0 if none improves. */
  private int bestStep(PromptRun run, Variants context, Swaps swaps, double now, Beat beat) {
    int[] steps = swaps.steps();
    double[] objectives =
        context
            .measure(
                IntStream.of(steps)
                    .mapToObj(
                        s -> OccurrenceSet.change(run.prompt(), swaps.dropped(s), swaps.added(s)))
                    .toList(),
                beat)
            .stream()
            .mapToDouble(objective(run))
            .toArray();
    int best = 0;
    double least = now - LEAST_GAIN;
    for (int i = 0; i < steps.length; i++) {
      if (objectives[i] < least) {
        least = objectives[i];
        best = steps[i];
      }
    }
    return best;
  }

  private ToDoubleFunction<Effect> objective(PromptRun run) {
    return Objective.of(spec.settings().swap(), run);
  }
}
