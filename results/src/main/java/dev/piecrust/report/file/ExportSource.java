package dev.piecrust.report.file;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Method;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.report.meaning.CampaignCosts;
import dev.piecrust.report.meaning.FeatureTable;
import dev.piecrust.report.meaning.FeatureTables;
import dev.piecrust.report.table.CircuitReader;
import dev.piecrust.report.table.KeptSetsCounter;
import dev.piecrust.report.table.ListedFeatures;
import dev.piecrust.report.table.OutcomePass;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTables;
import dev.piecrust.report.table.StageReader;
import dev.piecrust.store.Stores;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an export is made from. Whoever needs outcomes says so before {@link #read}, which goes
 * through them once for all; the tables and features are made when a part first asks.
 */
public final class ExportSource {
  private final Stores stores;
  private final StageReader stages;
  private final CampaignStatus status;
  private final CampaignSpec spec;
  private final ResultTables.Depth depth;
  private final KeptSetsCounter kept;
  private final ListedFeatures listed;
  private final Set<OutcomePass.Sink> sinks = new LinkedHashSet<>();
  private @Nullable ResultTable table;
  private boolean featuresMade;
  private Optional<FeatureTable> features = Optional.empty();

  public ExportSource(
      Stores stores, StageReader stages, CampaignStatus status, ResultTables.Depth depth) {
    this.stores = stores;
    this.stages = stages;
    this.status = status;
    this.spec = stores.campaigns().spec(status.id());
    this.depth = depth;
    this.kept = new KeptSetsCounter(spec);
    this.listed = new ListedFeatures(ListedFeatures.Rule.of(spec));
    if (depth == ResultTables.Depth.OVERLAPS) {
      sinks.add(kept);
    }
  }

  public CampaignStatus status() {
    return status;
  }

  public CampaignSpec spec() {
    return spec;
  }

  /** Of model and transcoder together, once anything ran. */
  public Optional<String> fingerprint() {
    return stores.campaigns().fingerprint(status.id());
  }

  /** How the subject was found to be when it was loaded, in sentences. */
  public List<String> subjectNotes() {
    return stores.campaigns().notes(status.id());
  }

  /** Reads what units left behind. */
  StageReader stages() {
    return stages;
  }

  /** Reads circuits and the statistics of features. */
  CircuitReader circuits() {
    return new CircuitReader(stages, spec.prune().methods().stream().map(Method::label).toList());
  }

  /** Hands on how circuits did on single prompts, of all tasks and shares. */
  public void forEachCircuitOutcome(Consumer<CircuitOutcome> sink) {
    stores.circuits().forEach(status.id(), sink);
  }

  /** Of language models; absent for a campaign that only prunes. */
  public Optional<CampaignCosts> costs() {
    return spec.interpret().map(interpret -> CampaignCosts.of(stores, status.id()));
  }

  /**
   * What was spent on language models in one minute.
   *
   * @param hours since the campaign was created
   */
  public record Minute(double hours, double usd) {}

  /** By minute, in order; empty where nothing was asked. */
  public List<Minute> spending() {
    return stores
        .reader()
        .list(
            "select minute_no, usd from llm_minute where campaign_id = :id order by minute_no",
            Map.of("id", status.id()),
            row ->
                new Minute(
                    Math.max(
                        0, row.number(0) / 60.0 - status.createdAt().getEpochSecond() / 3600.0),
                    row.amount(1).doubleValue()));
  }

  /** Lets a sink have all outcomes. */
  void reads(OutcomePass.Sink sink) {
    sinks.add(sink);
  }

  /** Goes through the outcomes, as far as anybody wants them. */
  public void read() throws IOException {
    OutcomePass pass = new OutcomePass(stages, spec);
    pass.run(sinks);
    if (depth == ResultTables.Depth.COMPARISONS) {
      pass.count(kept);
    }
  }

  /** The tables of all tasks, as deep as the export needs them. */
  public ResultTable table() {
    if (table == null) {
      table = new ResultTables(stores).of(status, spec, depth, kept, features());
    }
    return table;
  }

  /** What features mean; absent for a campaign that only prunes. */
  Optional<FeatureTable> features() {
    if (!featuresMade) {
      featuresMade = true;
      features = new FeatureTables(stores).of(status.id(), spec);
    }
    return features;
  }

  /** The features that other tools are told of; those that are kept were to be read. */
  ListedFeatures listed() {
    return listed;
  }
}
