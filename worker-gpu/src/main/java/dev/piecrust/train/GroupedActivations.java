package dev.piecrust.train;

import ai.djl.ndarray.NDManager;
import dev.piecrust.evidence.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computed group of windows by group, each through the model at once. Which window is in which
 * group depends on the corpus alone: the last bits of sums depend on what is computed together, and
 * a group that was kept must be what it would be if it were computed again.
 */
final class GroupedActivations implements ActivationSource {
  /** Neighbours in a corpus are often of one text, and are spread over groups. */
  private static final long SPREAD = 1;

  private final ModelActivations windows;
  private final List<List<Integer>> groups = new ArrayList<>();

  GroupedActivations(ModelActivations windows) {
    this.windows = windows;
    int longest = 1 + IntStream.range(0, windows.count()).map(windows::tokens).max().orElseThrow();
    int together = Math.max(1, ModelActivations.TOGETHER / longest);
    List<Integer> spread =
        Arrays.stream(WindowOrder.shuffled(windows.count(), SPREAD)).boxed().toList();
    for (int from = 0; from < spread.size(); from += together) {
      groups.add(spread.subList(from, Math.min(spread.size(), from + together)));
    }
  }

  ModelActivations windows() {
    return windows;
  }

  @Override
  public int count() {
    return groups.size();
  }

  @Override
  public int tokens(int group) {
    return groups.get(group).stream().mapToInt(windows::tokens).sum();
  }

  @Override
  public List<Rows> of(NDManager target, List<Integer> pieces, Progress progress) {
    List<Rows> all = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      progress.at(i);
      all.addAll(windows.of(target, groups.get(pieces.get(i)), done -> {}));
    }
    return all;
  }
}
