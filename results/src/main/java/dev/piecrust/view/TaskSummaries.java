package dev.piecrust.view;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.report.Reports;
import dev.piecrust.report.ResultTable;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.EffectiveBudget;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what came out in sentences: from the means at once, and with the intervals of the paired
 * bootstrap once these are worked out, which is done for campaigns that have ended, one at a time
 * and beside the pages.
 */
@Singleton
public class TaskSummaries {
  private final Ended<Map<String, List<EffectiveBudget>>> exact;

  public TaskSummaries(Reports reports) {
    this.exact = new Ended<>("piecrust-summaries", id -> effective(reports.table(id)));
  }

  /** One for each task with results of two methods. */
  public List<TaskSummary> of(CampaignStatus status, FidelityView fidelity) {
    Map<String, List<EffectiveBudget>> known =
        exact
            .of(status)
            .filter(future -> !future.isCompletedExceptionally())
            .map(future -> future.getNow(Map.of()))
            .orElse(Map.of());
    return fidelity.tasks().stream()
        .flatMap(task -> TaskSummary.of(task, known.getOrDefault(task.task(), List.of())).stream())
        .toList();
  }

  private static Map<String, List<EffectiveBudget>> effective(ResultTable table) {
    return table.tasks().stream()
        .collect(Collectors.toMap(TaskTable::task, task -> task.analysis().effective()));
  }

  @PreDestroy
  void stop() {
    exact.close();
  }
}
