package dev.piecrust.view;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.report.Reports;
import dev.piecrust.report.text.Findings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;

/** Says what came out in sentences, while campaigns run and afterwards. */
@Singleton
public class TaskSummaries {
  private final WorkedOut<List<TaskSummary>> known;

  public TaskSummaries(Reports reports) {
    this.known = new WorkedOut<>("piecrust-summaries", id -> summaries(reports, id));
  }

  /** One for each task; none until they are worked out the first time, if that takes long. */
  public List<TaskSummary> of(CampaignStatus status) {
    return known.soon(status).orElse(List.of());
  }

  /** The same, which waits for them. */
  List<TaskSummary> worked(CampaignStatus status) {
    return known.of(status).join();
  }

  private static List<TaskSummary> summaries(Reports reports, String id) {
    return reports.comparisons(id).stream()
        .map(table -> new TaskSummary(table.task(), Findings.of(table)))
        .toList();
  }

  @PreDestroy
  void stop() {
    known.close();
  }
}
