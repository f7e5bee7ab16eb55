package dev.piecrust.report;

import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.meaning.FeatureTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A feature that other tools are told of.
 *
 * @param kept how many of its occurrences are kept, over all tasks
 * @param tasks those that keep it
 * @param meaning absent in a campaign that explains nothing
 */
record ListedFeature(
    FeatureId feature, int kept, List<String> tasks, Optional<FeatureTable.Row> meaning) {
  ListedFeature {
    tasks = List.copyOf(tasks);
  }

  /** How the features were chosen: what a method keeps of each prompt at a budget. */
  record Rule(Method method, int budget) {
    /** As the spec explains features; where it explains none, its first method's most. */
    static Rule of(ExportSource source) {
      PruneSpec prune = source.spec().prune();
      return source
          .spec()
          .interpret()
          .map(InterpretSpec::features)
          .map(rule -> new Rule(rule.method(), rule.budget()))
          .orElseGet(
              () -> new Rule(prune.promptMethods().get(0), Collections.max(prune.budgets())));
    }

    boolean covers(PromptOutcome outcome) {
      return outcome.method().equals(method.label());
    }
  }

  /** By layer and then by index: the explained features, or else all that the rule keeps. */
  static List<ListedFeature> of(ExportSource source) throws IOException {
    Optional<FeatureTable> table = source.features();
    return table.isPresent()
        ? table.get().rows().stream()
            .map(
                row ->
                    new ListedFeature(
                        row.selected().feature(),
                        row.selected().kept(),
                        row.selected().tasks(),
                        Optional.of(row)))
            .sorted((one, other) -> one.feature().compareTo(other.feature()))
            .toList()
        : kept(source, Rule.of(source));
  }

  private static List<ListedFeature> kept(ExportSource source, Rule rule) throws IOException {
    Map<FeatureId, List<String>> tasks = new TreeMap<>(); // one entry for each occurrence
    source
        .outcomes()
        .forEach(
            source.spec(),
            outcome -> {
              if (rule.covers(outcome)) {
                for (var kept : outcome.kept().getOrDefault(rule.budget(), List.of())) {
                  tasks.computeIfAbsent(kept.id(), id -> new ArrayList<>()).add(outcome.task());
                }
              }
            });
    return tasks.entrySet().stream()
        .map(
            entry ->
                new ListedFeature(
                    entry.getKey(),
                    entry.getValue().size(),
                    entry.getValue().stream().distinct().toList(),
                    Optional.empty()))
        .toList();
  }

  Optional<String> description() {
    return meaning.flatMap(FeatureTable.Row::description);
  }
}
