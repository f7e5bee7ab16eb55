package dev.piecrust.prune;

import dev.piecrust.campaign.Scope;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which occurrences a budget keeps (METHOD.md §5). */
public final class KeepSet {
  private KeepSet() {}

  /**
   * All occurrences from best to worst: by absolute score, ties by (layer, position, feature),
   * which is the order of {@link Occurrences}.
   *
   * @param scores one per occurrence
   */
  public static int[] ranking(float[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -Math.abs(scores[i])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The occurrences kept at a budget, best first.
   *
   * @param ranking all occurrences, best first
   * @param budget how many to keep, of a prompt or of each layer
   */
  public static int[] best(Occurrences occurrences, int[] ranking, int budget, Scope scope) {
    if (scope == Scope.GLOBAL) {
      return Arrays.copyOf(ranking, Math.min(budget, ranking.length));
    }
    int layers = 1 + Arrays.stream(occurrences.layer()).max().orElse(-1);
    int[] left = new int[layers];
    Arrays.fill(left, budget);
    return Arrays.stream(ranking).filter(i -> left[occurrences.layer()[i]]-- > 0).toArray();
  }
}
