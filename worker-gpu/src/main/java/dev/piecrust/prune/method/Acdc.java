package dev.piecrust.prune.method;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.Variants;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Removal order (docs/method.md §5, {@code acdc}): layers from last to first, and within a layer
 * from weakest {@code |fap|}, occurrences are dropped where KL to the clean output rises by less
 * than a threshold; the threshold grows until nothing is left. The score is the place in the order
 * of dropping, 1 for the first.
 *
 * <p>Within a layer, one set of batches measures each remaining occurrence's own rise; only those
 * below the threshold are then dropped together, see {@link AcdcLayer}.
 */
final class Acdc implements Selector {
  private final PruneSpec spec;

  Acdc(PruneSpec spec) {
    this.spec = spec;
  }

  @Override
  public Set<Method> bases() {
    return Set.of(Method.FAP);
  }

  @Override
  public Selection select(PromptRun run, PromptScores scores, Beat beat) {
    int size = run.occurrences().size();
    List<List<Integer>> layers = weakestFirst(run.occurrences(), scores.of(Method.FAP));
    BitSet kept = new BitSet(size);
    kept.set(0, size);
    float[] order = new float[size];
    int dropped = 0;
    for (double tau = spec.settings().acdc().tau();
        dropped < size;
        tau *= spec.settings().acdc().ratio()) {
      for (int l = layers.size() - 1; l >= 0; l--) {
        beat.at("acdc: %d of %d dropped".formatted(dropped, size));
        for (int i : drop(run, kept, layers.get(l), tau, beat)) {
          kept.clear(i);
          order[i] = ++dropped;
        }
        layers.get(l).removeIf(i -> !kept.get(i));
      }
    }
    return KeepSet.selection(run.occurrences(), order, spec);
  }

  private static List<Integer> drop(
      PromptRun run, BitSet kept, List<Integer> layer, double tau, Beat beat) {
    if (layer.isEmpty()) {
      return List.of();
    }
    try (Variants context = Variants.keeping(run, kept.stream().toArray())) {
      return new AcdcLayer(run.prompt(), context, tau, beat).drop(layer);
    }
  }

  private static List<List<Integer>> weakestFirst(Occurrences occurrences, float[] fap) {
    int[] ranking = KeepSet.ranking(fap);
    List<List<Integer>> layers = new ArrayList<>();
    for (int[] best : KeepSet.orders(occurrences, ranking, dev.piecrust.campaign.Scope.PER_LAYER)) {
      layers.add(
          new ArrayList<>(
              IntStream.range(0, best.length).mapToObj(i -> best[best.length - 1 - i]).toList()));
    }
    return layers;
  }
}
