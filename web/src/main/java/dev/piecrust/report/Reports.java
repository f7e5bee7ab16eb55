package dev.piecrust.report;

import static java.util.stream.Collectors.groupingBy;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.report.ResultTable.Failure;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.store.ResultRow;
import dev.piecrust.store.Stores;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables and exports of campaigns, from what the stores hold at the moment. */
public final class Reports {
  private final Stores stores;
  private final ArtifactStore artifacts;

  public Reports(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = artifacts;
  }

  /** The results so far; an unknown id is a user error. */
  public ResultTable table(String campaignId) {
    CampaignSpec spec = stores.campaigns().spec(campaignId);
    Map<String, List<ResultRow>> byTask =
        stores.results().rows(campaignId).stream().collect(groupingBy(ResultRow::task));
    TableBuilder builder = new TableBuilder(spec);
    List<TaskTable> tables = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (TaskSpec task : spec.tasks()) {
      tables.add(builder.build(task.name(), byTask.getOrDefault(task.name(), List.of())));
      failures.addAll(FailureList.of(stores, campaignId, task.name()));
    }
    return new ResultTable(
        campaignId, stores.campaigns().status(campaignId).state(), tables, failures);
  }

  /** Writes the export's files into a folder, which is made where it is missing. */
  public void export(String campaignId, ExportFormat format, Path folder) {
    ExportFolder.fill(folder, writer(campaignId, format));
  }

  /** Writes the export's files as a ZIP archive. */
  public void exportZip(String campaignId, ExportFormat format, OutputStream out) {
    ExportZip.write(out, writer(campaignId, format));
  }

  private ExportWriter writer(String campaignId, ExportFormat format) {
    ExportSource source =
        new ExportSource(
            stores.campaigns().status(campaignId),
            stores.campaigns().spec(campaignId),
            stores.campaigns().fingerprint(campaignId),
            table(campaignId),
            new OutcomeReader(stores.units(), artifacts, campaignId));
    return new ExportWriter(source, format);
  }
}
