package dev.piecrust.prune;

import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which occurrences a budget keeps (docs/method.md §5). */
public final class KeepSet {
  private KeepSet() {}

  /**
   * All occurrences from best to worst: by absolute score, ties by (layer, position, feature),
   * which is the order of {@link Occurrences}.
   *
   * @param scores one per occurrence
   */
  public static int[] ranking(float[] scores) {
    long[] keys = new long[scores.length]; // absolute score, the largest first, then the index
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) -Float.floatToIntBits(Math.abs(scores[i])) << 32 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /**
   * The occurrences kept at a budget, best first.
   *
   * @param ranking all occurrences, best first
   * @param budget how many to keep, of a prompt or of each layer
   */
  public static int[] best(Occurrences occurrences, int[] ranking, int budget, Scope scope) {
    return extend(occurrences, new int[0], ranking, budget, scope);
  }

  /**
   * A keep set and the best of the others, up to a budget.
   *
   * @param kept stays, and comes first
   */
  public static int[] extend(
      Occurrences occurrences, int[] kept, int[] ranking, int budget, Scope scope) {
    int[] left = new int[scope == Scope.GLOBAL ? 1 : layers(occurrences)];
    Arrays.fill(left, budget);
    boolean[] taken = new boolean[occurrences.size()];
    for (int i : kept) {
      taken[i] = true;
      left[group(occurrences, i, scope)]--;
    }
    IntStream best =
        IntStream.of(ranking).filter(i -> !taken[i] && left[group(occurrences, i, scope)]-- > 0);
    return IntStream.concat(IntStream.of(kept), best).toArray();
  }

  /** The rankings that budgets apply to: one of all occurrences, or one of each layer's. */
  public static List<int[]> orders(Occurrences occurrences, int[] ranking, Scope scope) {
    int groups = scope == Scope.GLOBAL ? 1 : layers(occurrences);
    return IntStream.range(0, groups)
        .mapToObj(
            g -> IntStream.of(ranking).filter(i -> group(occurrences, i, scope) == g).toArray())
        .toList();
  }

  /** The keep sets of a ranking by score, at a spec's budgets. */
  public static Selection selection(Occurrences occurrences, float[] scores, PruneSpec spec) {
    return selection(occurrences, scores, spec.budgets(), spec.scope());
  }

  /** The keep sets of a ranking by score. */
  static Selection selection(
      Occurrences occurrences, float[] scores, Collection<Integer> budgets, Scope scope) {
    int[] ranking = ranking(scores);
    TreeMap<Integer, int[]> kept = new TreeMap<>();
    for (int budget : budgets) {
      kept.put(budget, best(occurrences, ranking, budget, scope));
    }
    return new Selection(scores, kept);
  }

  /**
   * The best occurrences of a method at any number of them: of one that ranks, by its scores; of
   * one that chooses, its largest keep set that is not larger, filled up by the scores it began
   * with, or the first of its smallest.
   */
  public static int[] best(Occurrences occurrences, Selection selection, int size) {
    int[] start = {};
    for (int[] kept : selection.kept().values()) {
      start = kept.length <= size || start.length == 0 ? kept : start;
    }
    return extend(
        occurrences,
        Arrays.copyOf(start, Math.min(size, start.length)),
        ranking(selection.scores()),
        size,
        Scope.GLOBAL);
  }

  /** Which budget an occurrence counts against: the prompt's, or its layer's. */
  public static int group(Occurrences occurrences, int i, Scope scope) {
    return scope == Scope.GLOBAL ? 0 : occurrences.layer()[i];
  }

  private static int layers(Occurrences occurrences) {
    return 1 + Arrays.stream(occurrences.layer()).max().orElse(-1);
  }
}
