package dev.piecrust.report;

import static java.util.stream.Collectors.groupingBy;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.report.ResultTable.Failure;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.meaning.CampaignCosts;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.meaning.FeatureTables;
import dev.piecrust.store.Stores;
import dev.piecrust.store.result.ResultRow;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
    CampaignSpec spec = stores.campaigns().spec(campaignId);
    return table(campaignId, spec, features(campaignId, spec));
  }

  private Once<Optional<FeatureTable>> features(String campaignId, CampaignSpec spec) {
    return new Once<>(() -> new FeatureTables(stores).of(campaignId, spec));
  }

  private ResultTable table(
      String campaignId, CampaignSpec spec, Supplier<Optional<FeatureTable>> features) {
    Map<String, List<ResultRow>> results =
        stores.results().rows(campaignId).stream().collect(groupingBy(ResultRow::task));
    Map<String, List<CircuitOutcome>> circuits =
        stores.circuits().rows(campaignId).stream().collect(groupingBy(CircuitOutcome::task));
    KeptSetsReader kept = new KeptSetsReader(new OutcomeReader(stages(campaignId)));
    TableBuilder builder = new TableBuilder(spec);
    List<TaskTable> tables = new ArrayList<>();
    for (TaskSpec task : spec.tasks()) {
      String name = task.name();
      tables.add(
          builder.build(
              task,
              results.getOrDefault(name, List.of()),
              kept.read(spec, name),
              circuits.getOrDefault(name, List.of())));
    }
    return new ResultTable(
        campaignId,
        stores.campaigns().status(campaignId).state(),
        tables,
        features.get(),
        failures(campaignId));
  }

  /** What has no result so far; an unknown id is a user error. */
  public List<Failure> failures(String campaignId) {
    return Stream.concat(
            stores.campaigns().spec(campaignId).tasks().stream()
                .flatMap(task -> FailureList.of(stores, campaignId, task.name()).stream()),
            FailureList.ofFeatures(stores, campaignId).stream())
        .toList();
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
    CampaignSpec spec = stores.campaigns().spec(campaignId);
    List<String> methods = spec.prune().methods().stream().map(Method::label).toList();
    Once<Optional<FeatureTable>> features = features(campaignId, spec);
    ExportSource source =
        new ExportSource(
            stores.campaigns().status(campaignId),
            spec,
            stores.campaigns().fingerprint(campaignId),
            new Once<>(() -> table(campaignId, spec, features)),
            features,
            stages(campaignId),
            new OutcomeReader(stages(campaignId)),
            new CircuitReader(stages(campaignId), methods),
            stores.circuits().rows(campaignId),
            spec.interpret().map(interpret -> CampaignCosts.of(stores, campaignId)));
    return new ExportWriter(source, format);
  }

  private StageReader stages(String campaignId) {
    return new StageReader(stores.units(), artifacts, campaignId);
  }
}
