package dev.piecrust.report.table;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.meaning.FeatureTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The features that other tools are told of: the explained ones, or else all that are kept. */
public final class ListedFeatures implements OutcomePass.Sink {
  private final Rule rule;
  private final Map<FeatureId, Kept> kept = new TreeMap<>();

  /** How the features were chosen: what a method keeps of each prompt at a budget. */
  public record Rule(Method method, int budget) {
    /** As the spec explains features; where it explains none, its first method's most. */
    public static Rule of(CampaignSpec spec) {
      PruneSpec prune = spec.prune();
      return spec.interpret()
          .map(InterpretSpec::features)
          .map(rule -> new Rule(rule.method(), rule.budget()))
          .orElseGet(
              () -> new Rule(prune.promptMethods().get(0), Collections.max(prune.budgets())));
    }

    /** What it keeps of a prompt; absent where the outcome is another method's. */
    public Optional<List<KeptOccurrence>> of(PromptOutcome outcome) {
      return outcome.method().equals(method.label())
          ? Optional.of(outcome.kept().getOrDefault(budget, List.of()))
          : Optional.empty();
    }
  }

  /**
   * One of them.
   *
   * @param kept how many of its occurrences are kept, over all tasks
   * @param tasks those that keep it
   * @param meaning absent in a campaign that explains nothing
   */
  public record Listed(
      FeatureId feature, int kept, List<String> tasks, Optional<FeatureTable.Row> meaning) {
    public Listed {
      tasks = List.copyOf(tasks);
    }

    public Optional<String> description() {
      return meaning.flatMap(FeatureTable.Row::description);
    }
  }

  private static final class Kept {
    private final List<String> tasks = new ArrayList<>();
    private int occurrences;
  }

  public ListedFeatures(Rule rule) {
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }

  @Override
  public void accept(String task, List<PromptOutcome> prompt) {
    for (PromptOutcome outcome : prompt) {
      for (KeptOccurrence occurrence : rule.of(outcome).orElse(List.of())) {
        Kept feature = kept.computeIfAbsent(occurrence.id(), id -> new Kept());
        feature.occurrences++;
        if (!feature.tasks.contains(task)) {
          feature.tasks.add(task);
        }
      }
    }
  }

  /** By layer and then by index. */
  public List<Listed> of(Optional<FeatureTable> explained) {
    return explained
        .map(
            table ->
                table.rows().stream()
                    .map(
                        row ->
                            new Listed(
                                row.selected().feature(),
                                row.selected().kept(),
                                row.selected().tasks(),
                                Optional.of(row)))
                    .sorted(Comparator.comparing(Listed::feature))
                    .toList())
        .orElseGet(
            () ->
                kept.entrySet().stream()
                    .map(
                        feature ->
                            new Listed(
                                feature.getKey(),
                                feature.getValue().occurrences,
                                feature.getValue().tasks,
                                Optional.empty()))
                    .toList());
  }
}
