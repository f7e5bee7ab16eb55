package dev.piecrust.explain;

import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Stratum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The examples that an explanation stands on.
 *
 * @param top the highest activating, descending
 * @param others of the lower strata, from high to low, for contrast
 */
record Selection(List<Example> top, List<Example> others) {
  private static final List<Stratum> LOWER =
      List.of(Stratum.HIGHEST, Stratum.HIGH, Stratum.MIDDLE, Stratum.LOW);

  static Selection of(Evidence evidence, EvidenceSpec spec) {
    Set<Integer> used = new HashSet<>();
    List<Example> top = take(evidence.of(Stratum.TOP), spec.top(), used);
    List<Example> others = new ArrayList<>();
    for (Stratum stratum : LOWER) {
      others.addAll(take(evidence.of(stratum), spec.perStratum(), used));
    }
    return new Selection(top, others);
  }

  List<Example> all() {
    List<Example> all = new ArrayList<>(top);
    all.addAll(others);
    return all;
  }

  private static List<Example> take(List<Example> examples, int most, Set<Integer> used) {
    return examples.stream()
        .filter(example -> !used.contains(example.window()))
        .limit(most)
        .peek(example -> used.add(example.window()))
        .toList();
  }
}
