package dev.piecrust.view;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.report.Reports;
import dev.piecrust.report.chart.HeatMap;
import dev.piecrust.report.document.FigureFiles;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;

/** How much of what methods keep is the same, for campaigns that have ended: each set is read. */
@Singleton
public class Overlaps {
  private final WorkedOut<List<HeatMap>> known;

  public Overlaps(Reports reports) {
    this.known = new WorkedOut<>("piecrust-overlaps", id -> maps(reports, id));
  }

  /** One for each task; none while the campaign runs, and until they are worked out. */
  public List<HeatMap> of(CampaignStatus status) {
    return status.state().ended() ? known.soon(status).orElse(List.of()) : List.of();
  }

  private static List<HeatMap> maps(Reports reports, String id) {
    return reports.table(id).tasks().stream()
        .flatMap(task -> FigureFiles.overlap(task).stream())
        .toList();
  }

  @PreDestroy
  void stop() {
    known.close();
  }
}
