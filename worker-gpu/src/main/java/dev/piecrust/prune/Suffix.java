package dev.piecrust.prune;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Changes that are run again as one batch: all of them leave alone what comes before a layer and,
 * within each layer, before a position.
 *
 * @param layer the first layer that any of them changes
 * @param position the first position that any of them changes
 * @param positions how many follow, that one included
 * @param changes which changes, as indices into the list that was grouped
 */
@SuppressWarnings("ArrayRecordComponent") // equality of contents is not asked of it
record Suffix(int layer, int position, int positions, int[] changes) {
  /** Positions are told apart by quarters of the prompt: finer groups make smaller batches. */
  private static final int PARTS = 4;

  /** What a batch costs in each layer beside its tokens, in tokens: the calls themselves. */
  private static final int CALLS = 64;

  /**
   * Groups changes so that few tokens run in few batches; a change that changes nothing is in no
   * group.
   *
   * @param length {@code T}
   * @param layers {@code L}
   */
  static List<Suffix> groups(
      List<OccurrenceSet> changes, Occurrences occurrences, int length, int layers) {
    TreeMap<Integer, Suffix> parts = new TreeMap<>(); // by layer, then by part of the prompt
    for (int i = 0; i < changes.size(); i++) {
      int[] changed = changes.get(i).indices();
      if (changed.length > 0) {
        int position =
            IntStream.of(changed).map(o -> occurrences.position()[o]).min().orElseThrow();
        int layer = occurrences.layer()[changed[0]]; // indices ascend, and so do their layers
        Suffix own = new Suffix(layer, position, length - position, new int[] {i});
        parts.merge(layer * PARTS + position * PARTS / length, own, Suffix::with);
      }
    }
    Deque<Suffix> groups = new ArrayDeque<>();
    for (Suffix part : parts.descendingMap().values()) { // late ones are short: they may join
      Suffix later = groups.peek();
      if (later != null
          && part.with(later).cost(layers) <= part.cost(layers) + later.cost(layers)) {
        groups.pop();
        part = part.with(later);
      }
      groups.push(part);
    }
    return new ArrayList<>(groups);
  }

  private Suffix with(Suffix other) {
    int first = Math.min(position, other.position);
    int[] both = IntStream.concat(IntStream.of(changes), IntStream.of(other.changes)).toArray();
    return new Suffix(Math.min(layer, other.layer), first, position + positions - first, both);
  }

  private long cost(int layers) {
    return ((long) changes.length * positions + CALLS) * (layers - layer);
  }
}
