package dev.piecrust.prune.method;

import dev.piecrust.prune.Beat;
import dev.piecrust.prune.Effect;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One visit of {@link Acdc} to one layer at one threshold. */
final class AcdcLayer {
  /** Blocks that are tried in one batch, each on top of the ones before it. */
  private static final int BLOCKS = 8;

  private final int prompt;
  private final Variants context;
  private final double tau;
  private final Beat beat;
  private final List<Integer> dropped = new ArrayList<>();
  private double kl;

  /**
   * @param context the run in which all that was dropped so far is removed
   */
  AcdcLayer(int prompt, Variants context, double tau, Beat beat) {
    this.prompt = prompt;
    this.context = context;
    this.tau = tau;
    this.beat = beat;
    this.kl = context.base().klLast();
  }

  /** Which of the occurrences go, in the order in which they do. */
  List<Integer> drop(List<Integer> weakestFirst) {
    List<Effect> alone = measure(weakestFirst.stream().map(List::of).toList());
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < alone.size(); i++) {
      if (alone.get(i).klLast() - kl < tau) {
        candidates.add(weakestFirst.get(i));
      }
    }
    dropBlocks(candidates);
    return dropped;
  }

  /**
   * Drops blocks while each raises KL by less than the threshold; a block that does not is cut into
   * smaller ones, down to a single occurrence, which stays.
   */
  private void dropBlocks(List<Integer> candidates) {
    List<Integer> left = candidates;
    while (!left.isEmpty()) {
      int block = (left.size() + BLOCKS - 1) / BLOCKS;
      List<Integer> queue = left;
      List<Integer> ends =
          Stream.iterate(block, e -> e < queue.size() + block, e -> e + block)
              .map(e -> Math.min(e, queue.size()))
              .toList();
      int accepted = accept(queue, ends);
      if (accepted == queue.size()) {
        return;
      }
      int end = Math.min(accepted + block, queue.size());
      if (end - accepted > 1) {
        dropBlocks(queue.subList(accepted, end));
      }
      left = queue.subList(end, queue.size());
    }
  }

  /** Drops the blocks before the first that raises KL too much; returns how many went. */
  private int accept(List<Integer> queue, List<Integer> ends) {
    List<Effect> effects = measure(ends.stream().map(e -> queue.subList(0, e)).toList());
    int accepted = 0;
    for (int j = 0; j < ends.size(); j++) {
      double next = effects.get(j).klLast();
      if (next - kl >= tau) {
        break;
      }
      kl = next;
      accepted = ends.get(j);
    }
    dropped.addAll(queue.subList(0, accepted));
    return accepted;
  }

  /** Runs in which each list is removed on top of what was dropped here. */
  private List<Effect> measure(List<List<Integer>> more) {
    return context.measure(
        more.stream()
            .map(
                list ->
                    OccurrenceSet.of(
                        prompt,
                        Stream.concat(dropped.stream(), list.stream()).mapToInt(i -> i).toArray()))
            .toList(),
        beat);
  }
}
