package dev.piecrust.report;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.file.ExportSource;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.report.table.ResultTables;
import dev.piecrust.report.table.StageReader;
import dev.piecrust.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Tables and exports of campaigns, from what the stores hold at the moment. */
public final class Reports {
  private final Stores stores;
  private final ArtifactStore artifacts;

  public Reports(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = artifacts;
  }

  /**
   * The results so far; an unknown id is a user error. It goes through every kept set, which takes
   * seconds for a hundred prompts under ten methods.
   */
  public ResultTable table(String campaignId) {
    return read(source(campaignId, ResultTables.Depth.OVERLAPS));
  }

  private static ResultTable read(ExportSource source) {
    try {
      source.read();
    } catch (IOException e) {
      throw PieCrustException.external(
          "the outcomes of campaign %s could not be read".formatted(source.status().id()), e);
    }
    return source.table();
  }

  /**
   * The means of each task with their intervals so far, the same as in {@link #table}, for which no
   * kept set is read; methods are not compared. An unknown id is a user error.
   */
  public List<TaskTable> estimates(String campaignId) {
    return source(campaignId, ResultTables.Depth.ESTIMATES).table().tasks();
  }

  /**
   * The same with methods compared, for which prompts' numbers of occurrences are read. An unknown
   * id is a user error.
   */
  public List<TaskTable> comparisons(String campaignId) {
    return read(source(campaignId, ResultTables.Depth.COMPARISONS)).tasks();
  }

  /** What has no result so far; an unknown id is a user error. */
  public List<Failure> failures(String campaignId) {
    return new ResultTables(stores).failures(stores.campaigns().spec(campaignId), campaignId);
  }

  /** Writes the export's files into a folder, which is made where it is missing. */
  public void export(String campaignId, ExportFormat format, Path folder) {
    ExportFolder.fill(folder, writer(campaignId, format));
  }

  /**
   * The export's files as a ZIP archive, which lies on the disk until it is closed: what goes wrong
   * does so before anything is sent, and no export is held in memory.
   */
  public InputStream exportZip(String campaignId, ExportFormat format) {
    return ExportZip.open(writer(campaignId, format));
  }

  private ExportWriter writer(String campaignId, ExportFormat format) {
    return new ExportWriter(source(campaignId, format.depth()), format);
  }

  private ExportSource source(String campaignId, ResultTables.Depth depth) {
    CampaignStatus status = stores.campaigns().status(campaignId);
    return new ExportSource(
        stores, new StageReader(stores.units(), artifacts, campaignId), status, depth);
  }
}
