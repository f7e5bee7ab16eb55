package dev.piecrust.report.file;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each feature is kept, at one budget, by one method in one task. */
final class KeptCounts {
  private final TreeMap<FeatureId, Count> counts = new TreeMap<>();
  private int prompts;

  /**
   * @param prompts prompts that keep the feature somewhere
   * @param occurrences kept occurrences, all positions of all prompts
   */
  record Count(int prompts, int occurrences) {
    Count plus(int more) {
      return new Count(prompts + 1, occurrences + more);
    }
  }

  void add(PromptOutcome outcome, int budget) {
    prompts++;
    List<KeptOccurrence> kept = outcome.kept().getOrDefault(budget, List.of());
    kept.stream()
        .collect(Collectors.groupingBy(KeptOccurrence::id, Collectors.summingInt(k -> 1)))
        .forEach(
            (feature, times) ->
                counts.merge(
                    feature, new Count(1, times), (before, now) -> before.plus(now.occurrences())));
  }

  int prompts() {
    return prompts;
  }

  /** By layer and then by index. */
  Map<FeatureId, Count> counts() {
    return counts;
  }
}
