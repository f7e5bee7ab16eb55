package dev.piecrust.prune.method;

import dev.piecrust.prune.Beat;
import dev.piecrust.prune.Effect;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.Variants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Exact effects of removing one or a few occurrences from the clean run: {@code m_clean −
 * m(patched)}. Each is measured once.
 */
final class Removals {
  private final PromptRun run;
  private final Variants clean;
  private final Map<List<Integer>, Double> effects = new HashMap<>();

  /**
   * @param clean changes of the clean run; the caller closes it
   */
  Removals(PromptRun run, Variants clean) {
    this.run = run;
    this.clean = clean;
  }

  /** Measures those that are not known yet, as one set of batches. */
  void measure(List<int[]> sets, Beat beat) {
    List<int[]> unknown = new ArrayList<>();
    for (int[] set : sets) {
      if (effects.putIfAbsent(key(set), Double.NaN) == null) {
        unknown.add(set);
      }
    }
    List<Effect> measured =
        clean.measure(unknown.stream().map(s -> OccurrenceSet.of(run.prompt(), s)).toList(), beat);
    for (int i = 0; i < unknown.size(); i++) {
      effects.put(key(unknown.get(i)), run.cleanMetric() - measured.get(i).metric());
    }
  }

  /** Measures each of the occurrences by itself. */
  void measureSingles(IntStream occurrences, Beat beat) {
    measure(occurrences.mapToObj(i -> new int[] {i}).toList(), beat);
  }

  /** The effect of a measured set. */
  double of(int... set) {
    return effects.getOrDefault(key(set), Double.NaN);
  }

  private static List<Integer> key(int[] set) {
    return List.copyOf(new TreeSet<>(Arrays.stream(set).boxed().toList()));
  }
}
