package dev.piecrust.prune.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.Selection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fills each budget in rounds (docs/method.md §5, {@code fap-iterative}): the first by {@code fap},
 * the later ones by the mean of the clean gradient and of the one taken where everything not yet
 * kept is removed. All budgets take their gradients in one batch.
 */
final class FapIterative implements Selector {
  private final PruneSpec spec;

  FapIterative(PruneSpec spec) {
    this.spec = spec;
  }

  @Override
  public Set<Method> bases() {
    return Set.of(Method.FAP);
  }

  @Override
  public Selection select(PromptRun run, PromptScores scores, Beat beat) {
    float[] fap = scores.of(Method.FAP);
    int rounds = spec.settings().iterativeRounds();
    List<int[]> kept = Collections.nCopies(spec.budgets().size(), new int[0]);
    List<float[]> current = Collections.nCopies(kept.size(), fap);
    for (int round = 1; round <= rounds; round++) {
      if (round > 1) {
        beat.at("gradients of round " + round);
        current = mean(fap, inContext(run, kept));
      }
      kept = extended(run.occurrences(), kept, current, round);
    }
    TreeMap<Integer, int[]> byBudget = new TreeMap<>();
    for (int b = 0; b < kept.size(); b++) {
      byBudget.put(spec.budgets().get(b), kept.get(b));
    }
    return new Selection(fap, byBudget);
  }

  /** Each budget's keep set, filled up to this round's share. */
  private List<int[]> extended(
      Occurrences occurrences, List<int[]> kept, List<float[]> scores, int round) {
    int rounds = spec.settings().iterativeRounds();
    return IntStream.range(0, kept.size())
        .mapToObj(
            b -> {
              int share = (int) (((long) spec.budgets().get(b) * round + rounds - 1) / rounds);
              int[] ranking = KeepSet.ranking(scores.get(b));
              return KeepSet.extend(occurrences, kept.get(b), ranking, share, spec.scope());
            })
        .toList();
  }

  /** Linear effects where everything but a keep set is removed, one array a keep set. */
  private List<float[]> inContext(PromptRun run, List<int[]> kept) {
    try (NDManager scope = run.manager().newSubManager()) {
      Trace trace =
          run.batch()
              .model()
              .trace(scope, run.copies(kept.size()), run.removingAllBut(scope, kept));
      NDArray hidden =
          run.metric()
              .hiddenGradient(
                  scope,
                  run.batch().model(),
                  trace.hidden(),
                  Collections.nCopies(kept.size(), run.pair())); // [R, T, d]
      List<NDArray> gradient = run.batch().adjoint(scope, trace, hidden, Linearity.LOCAL);
      return run.batch().attribute(run.prompt(), gradient);
    }
  }

  /** The effect is linear in the gradient, so the mean of gradients is the mean of effects. */
  private static List<float[]> mean(float[] clean, List<float[]> inContext) {
    return inContext.stream()
        .map(
            other -> {
              float[] mean = new float[clean.length];
              for (int i = 0; i < mean.length; i++) {
                mean[i] = (clean[i] + other[i]) / 2;
              }
              return mean;
            })
        .toList();
  }
}
