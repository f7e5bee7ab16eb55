package dev.piecrust.prune.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Pairs of one that leaves a keep set and one that enters it, the most promising first: the least
 * harmful against the most helpful, the second least against the second most, and so on.
 */
final class Swaps {
  /** Members of a keep set, or candidates for it, with the objective after their change alone. */
  private record Change(int item, double objective) {}

  private record Swap(int dropped, int added, double objectives) {}

  private final List<Swap> swaps;
  private final int kept;

  private Swaps(List<Swap> swaps, int kept) {
    this.swaps = swaps;
    this.kept = kept;
  }

  /**
   * Pairs changes.
   *
   * @param objectives after each drop of {@code kept}, then after each addition of {@code pool};
   *     less is better
   * @param group only items of one group are exchanged
   */
  static Swaps of(int[] kept, int[] pool, double[] objectives, IntUnaryOperator group) {
    Map<Integer, List<Change>> drops = ordered(kept, objectives, 0, group);
    Map<Integer, List<Change>> adds = ordered(pool, objectives, kept.length, group);
    List<Swap> swaps = new ArrayList<>();
    drops.forEach(
        (g, leaving) -> {
          List<Change> entering = adds.getOrDefault(g, List.of());
          for (int i = 0; i < Math.min(leaving.size(), entering.size()); i++) {
            Change out = leaving.get(i);
            Change in = entering.get(i);
            swaps.add(new Swap(out.item(), in.item(), out.objective() + in.objective()));
          }
        });
    swaps.sort(Comparator.comparingDouble(Swap::objectives)); // stable: a group's order stays
    return new Swaps(swaps, kept.length);
  }

  private static Map<Integer, List<Change>> ordered(
      int[] items, double[] objectives, int first, IntUnaryOperator group) {
    Map<Integer, List<Change>> groups = new TreeMap<>();
    for (int i = 0; i < items.length; i++) {
      groups
          .computeIfAbsent(group.applyAsInt(items[i]), g -> new ArrayList<>())
          .add(new Change(items[i], objectives[first + i]));
    }
    groups
        .values()
        .forEach(
            g -> g.sort(Comparator.comparingDouble(Change::objective).thenComparing(Change::item)));
    return groups;
  }

  /** The numbers of swaps to try at once: 1, K/8, K/4 and K/2, as far as there are so many. */
  int[] steps() {
    return IntStream.of(1, kept / 8, kept / 4, kept / 2)
        .filter(s -> s >= 1 && s <= swaps.size())
        .distinct()
        .toArray();
  }

  /** What leaves in the first {@code step} swaps. */
  int[] dropped(int step) {
    return swaps.stream().limit(step).mapToInt(Swap::dropped).toArray();
  }

  /** What enters in the first {@code step} swaps. */
  int[] added(int step) {
    return swaps.stream().limit(step).mapToInt(Swap::added).toArray();
  }

  /** The keep set after the first {@code step} swaps: what stayed in its order, then the new. */
  int[] applied(int[] keepSet, int step) {
    Set<Integer> gone = new HashSet<>(IntStream.of(dropped(step)).boxed().toList());
    return IntStream.concat(
            IntStream.of(keepSet).filter(i -> !gone.contains(i)), IntStream.of(added(step)))
        .toArray();
  }
}
