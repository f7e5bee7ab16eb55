package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.evidence.CorpusWindows;
import dev.piecrust.evidence.PublishedFeatures;
import dev.piecrust.evidence.Quotas;
import dev.piecrust.evidence.WrittenTokens;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.HubPart;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.Checkpoints;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code openCorpus}, {@code scanCorpus}, {@code drawEvidence} and {@code collectEvidence}: what a
 * corpus says about all features of a campaign (docs/method.md §7).
 */
final class EvidenceStage {
  /** Changes whenever the evidence of the same corpus does. */
  private static final String VERSION = "evidence/1";

  private final LoadedCampaign campaign;
  private final FeatureArtifacts artifacts;
  private final HubFolders folders;
  private final OpenCorpus open;
  private final String campaignId;
  private final Pulse pulse;
  private final InterpretSpec spec;
  private final Quotas quotas;
  private final long seed;

  EvidenceStage(
      LoadedCampaign campaign,
      FeatureArtifacts artifacts,
      HubFolders folders,
      OpenCorpus open,
      String campaignId,
      Pulse pulse) {
    this.campaign = campaign;
    this.artifacts = artifacts;
    this.folders = folders;
    this.open = open;
    this.campaignId = campaignId;
    this.pulse = pulse;
    this.spec = campaign.spec().interpreting();
    Optional<EvaluateSpec> evaluate = campaign.spec().evaluate();
    this.quotas = Quotas.of(spec.evidence(), evaluate);
    this.seed = evaluate.map(EvaluateSpec::seed).orElse(0L);
  }

  CorpusShards open() {
    List<FeatureId> features = features();
    boolean scans = !features.isEmpty() && spec.corpus().published().isEmpty();
    if (scans && before(wanted(features)).isPresent()) {
      return new CorpusShards(0, EvidencePass.SHARD, 0, EvidencePass.draw(features.size()));
    }
    return new CorpusShards(
        scans ? corpus().size() : 0,
        EvidencePass.SHARD,
        features.size(),
        EvidencePass.draw(features.size()));
  }

  /** As {@link #scan}: others than when the corpus was opened are not asked for. */
  void draw(FeatureShard shard) {
    List<FeatureId> features = features();
    int to = Math.min(shard.to(), features.size());
    if (spec.corpus().published().isPresent()) {
      Published unused =
          imported(published(spec.corpus().published().get()), features.subList(shard.from(), to));
    } else {
      ArtifactRef unused = pass(wanted(features)).draw(shard.from(), to);
    }
  }

  /** Another corpus or other features than when it was opened give a shard that nobody asks for. */
  void scan(CorpusShard shard) {
    EvidencePass pass = pass(wanted(features()));
    ArtifactRef unused = pass.scan(shard.from(), shard.to());
  }

  EvidenceSummary collect() {
    List<FeatureId> features = features();
    if (features.isEmpty()) {
      return new EvidenceSummary(0, 0, false);
    }
    return spec.corpus()
        .published()
        .map(named -> imported(published(named), features).summary())
        .orElseGet(() -> collected(features));
  }

  /**
   * Those that are explained, and then all others that the campaign's rule keeps, whose pages show
   * the same: a corpus is read once for however many. Of published features only those that are
   * explained are read.
   */
  private List<FeatureId> features() {
    Stores stores = campaign.stores();
    Set<FeatureId> features = new LinkedHashSet<>();
    stores.features().selected(campaignId).forEach(one -> features.add(one.feature()));
    if (!features.isEmpty() && spec.corpus().published().isEmpty()) {
      features.addAll(stores.keptPrompts().features(campaignId));
      stores.campaigns().openStage(campaignId, FeatureStages.EVIDENCE, features.size());
    }
    return List.copyOf(features);
  }

  private Path published(String named) {
    return folders.folder(named, HubPart.FEATURES, new PulseProgress(pulse));
  }

  /** Windows are as long as the spec says, or as the model can read. */
  private CorpusWindows corpus() {
    CorpusSpec corpus = spec.corpus();
    return open.windows(
        Path.of(corpus.path().orElseThrow()),
        campaign.subject(),
        corpus.windows(),
        Math.min(corpus.tokens(), campaign.subject().model().positions()));
  }

  private EvidencePass.Wanted wanted(List<FeatureId> features) {
    CorpusWindows windows = corpus();
    String key =
        Checkpoints.key(
            VERSION, campaign.subject().fingerprint(), windows.sha256(), quotas, seed, features);
    return new EvidencePass.Wanted(campaignId, key, features, quotas, seed, windows);
  }

  private EvidencePass pass(EvidencePass.Wanted wanted) {
    return new EvidencePass(campaign, artifacts, open, wanted, pulse);
  }

  private Optional<List<FeatureArtifacts.Collected>> before(EvidencePass.Wanted wanted) {
    return campaign
        .stores()
        .checkpoints()
        .find(wanted.key(), artifacts.store(), campaignId, "evidence of all features")
        .map(artifacts.collected()::read)
        .filter(all -> all.stream().map(one -> one.evidence()).allMatch(this::intact));
  }

  private EvidenceSummary collected(List<FeatureId> features) {
    Stores stores = campaign.stores();
    EvidencePass.Wanted wanted = wanted(features);
    Optional<List<FeatureArtifacts.Collected>> before = before(wanted);
    List<FeatureArtifacts.Collected> collected =
        before.orElseGet(
            () ->
                artifacts
                    .collected()
                    .read(stores.checkpoints().put(wanted.key(), pass(wanted).collect())));
    Map<String, ArtifactRef> results = new LinkedHashMap<>();
    collected.forEach(one -> results.put(unit(one.feature()), one.evidence()));
    stores.units().done(campaignId, FeatureStages.EVIDENCE, results);
    return new EvidenceSummary(features.size(), wanted.corpus().size(), before.isPresent());
  }

  /** The checkpoint names each feature's evidence, which is an artifact of its own. */
  private boolean intact(ArtifactRef evidence) {
    return artifacts.store().intact(evidence);
  }

  /** A feature that was not published is parked; the others go on. */
  private Published imported(Path folder, List<FeatureId> features) {
    PublishedFeatures published =
        new PublishedFeatures(
            folder, features, quotas, seed, campaign.subject().model().tokenizer()::isSpecial);
    WrittenTokens written =
        new WrittenTokens(campaign.subject().model(), campaign.subject().transcoder());
    Map<String, ArtifactRef> before = new HashMap<>();
    campaign
        .stores()
        .units()
        .ofStage(campaignId, FeatureStages.EVIDENCE)
        .forEach(
            row -> row.result().filter(this::intact).ifPresent(ref -> before.put(row.unit(), ref)));
    Map<String, ArtifactRef> results = new LinkedHashMap<>();
    int there = 0;
    int windows = 0;
    for (FeatureId feature : features) {
      if (before.containsKey(unit(feature))) {
        there++;
        continue;
      }
      pulse.check("evidence of %s".formatted(unit(feature)));
      PublishedFeatures.Found found = published.find(feature);
      if (found instanceof PublishedFeatures.Found.There held) {
        Evidence evidence = held.evidence().writing(written.of(campaign.manager(), feature));
        results.put(unit(feature), artifacts.evidence().write(List.of(evidence)));
        windows += held.evidence().windows();
      } else if (found instanceof PublishedFeatures.Found.Missing missing) {
        park(feature, missing.reason());
      }
    }
    campaign.stores().units().done(campaignId, FeatureStages.EVIDENCE, results);
    return new Published(there + results.size(), windows);
  }

  /**
   * What was found of published features.
   *
   * @param features that have evidence now
   * @param windows of those that were imported just now
   */
  private record Published(int features, int windows) {
    EvidenceSummary summary() {
      return new EvidenceSummary(features, windows, false);
    }
  }

  private void park(FeatureId feature, String reason) {
    UnitFailure failure =
        new UnitFailure(campaignId, FeatureStages.EVIDENCE, unit(feature), 1, reason);
    boolean unused = campaign.stores().units().park(failure);
  }

  private String unit(FeatureId feature) {
    return new FeatureUnit(campaignId, feature).unit();
  }
}
