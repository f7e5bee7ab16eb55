package dev.piecrust.report.table;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.report.analysis.HeldOutTable;
import dev.piecrust.report.analysis.Measures;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.store.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the tables of campaigns from what the database holds, as far as they are wanted. */
public final class ResultTables {
  private final Stores stores;

  /** How much of a table is wanted; more takes longer. */
  public enum Depth {
    /** Means with their intervals, and circuits on held-out prompts. */
    ESTIMATES,
    /** Methods compared with each other too. */
    COMPARISONS,
    /** How much of what they keep is the same too, for which every kept set is read. */
    OVERLAPS
  }

  public ResultTables(Stores stores) {
    this.stores = stores;
  }

  /**
   * The results so far.
   *
   * @param kept what prompts keep, for comparisons
   */
  public ResultTable of(
      CampaignStatus status,
      CampaignSpec spec,
      Depth depth,
      KeptSetsCounter kept,
      Optional<FeatureTable> features) {
    Map<String, HeldOutTable> circuits = new HashMap<>();
    List<String> methods = spec.prune().methods().stream().map(Method::label).toList();
    spec.tasks().forEach(task -> circuits.put(task.name(), new HeldOutTable(methods)));
    stores
        .circuits()
        .forEach(
            status.id(),
            outcome ->
                Optional.ofNullable(circuits.get(outcome.task()))
                    .ifPresent(table -> table.add(outcome)));
    TableBuilder builder = new TableBuilder(spec);
    List<TaskTable> tables = new ArrayList<>();
    for (TaskSpec task : spec.tasks()) {
      tables.add(
          builder.build(
              task,
              method -> Measures.read(stores.results(), status.id(), task.name(), method),
              depth == Depth.ESTIMATES ? Optional.empty() : Optional.of(kept.of(task.name())),
              circuits.getOrDefault(task.name(), new HeldOutTable(methods)),
              stores.results().accuracy(status.id(), task.name())));
    }
    return new ResultTable(
        status.id(), status.state(), tables, features, failures(spec, status.id()));
  }

  /** What has no result so far. */
  public List<Failure> failures(CampaignSpec spec, String campaignId) {
    return Stream.concat(
            spec.tasks().stream()
                .flatMap(task -> FailureList.of(stores, campaignId, task.name()).stream()),
            FailureList.ofFeatures(stores, campaignId).stream())
        .toList();
  }
}
