package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.EvidenceSummary;
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
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.HubPart;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.Checkpoints;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code collectEvidence}: what a corpus says about all features of a campaign (docs/method.md §7).
 */
final class EvidenceStage {
  /** Changes whenever the evidence of the same corpus does. */
  private static final String VERSION = "evidence/1";

  private final LoadedCampaign campaign;
  private final FeatureArtifacts artifacts;
  private final HubFolders folders;
  private final String campaignId;
  private final Pulse pulse;
  private final InterpretSpec spec;
  private final Quotas quotas;
  private final long seed;

  EvidenceStage(
      LoadedCampaign campaign,
      FeatureArtifacts artifacts,
      HubFolders folders,
      String campaignId,
      Pulse pulse) {
    this.campaign = campaign;
    this.artifacts = artifacts;
    this.folders = folders;
    this.campaignId = campaignId;
    this.pulse = pulse;
    this.spec = campaign.spec().interpreting();
    Optional<EvaluateSpec> evaluate = campaign.spec().evaluate();
    this.quotas = Quotas.of(spec.evidence(), evaluate);
    this.seed = evaluate.map(EvaluateSpec::seed).orElse(0L);
  }

  EvidenceSummary collect() {
    Stores stores = campaign.stores();
    List<FeatureId> features =
        stores.features().selected(campaignId).stream().map(SelectedFeature::feature).toList();
    if (features.isEmpty()) {
      return new EvidenceSummary(0, 0, false);
    }
    CorpusSpec corpus = spec.corpus();
    return corpus.published().isPresent()
        ? imported(published(corpus.published().get()), features)
        : collected(corpus, features);
  }

  private Path published(String named) {
    return folders.folder(named, HubPart.FEATURES, new PulseProgress(pulse));
  }

  /** Windows are as long as the spec says, or as the model can read. */
  private EvidenceSummary collected(CorpusSpec corpus, List<FeatureId> features) {
    Stores stores = campaign.stores();
    CorpusWindows windows =
        CorpusWindows.read(
            Path.of(corpus.path().orElseThrow()),
            campaign.subject().model().tokenizer(),
            corpus.windows(),
            Math.min(corpus.tokens(), campaign.subject().model().positions()));
    String key =
        Checkpoints.key(
            VERSION, campaign.subject().fingerprint(), windows.sha256(), quotas, seed, features);
    Optional<List<FeatureArtifacts.Collected>> before =
        stores
            .checkpoints()
            .find(key, artifacts.store())
            .map(artifacts.collected()::read)
            .filter(all -> all.stream().map(one -> one.evidence()).allMatch(this::intact));
    List<FeatureArtifacts.Collected> collected =
        before.orElseGet(
            () -> {
              EvidencePass pass = new EvidencePass(campaign, artifacts, windows, pulse);
              ArtifactRef ref =
                  stores.checkpoints().put(key, pass.run(key, features, quotas, seed));
              return artifacts.collected().read(ref);
            });
    Map<String, ArtifactRef> results = new LinkedHashMap<>();
    collected.forEach(one -> results.put(unit(one.feature()), one.evidence()));
    stores.units().done(campaignId, FeatureStages.EVIDENCE, results);
    return new EvidenceSummary(features.size(), windows.size(), before.isPresent());
  }

  /** The checkpoint names each feature's evidence, which is an artifact of its own. */
  private boolean intact(ArtifactRef evidence) {
    return artifacts.store().intact(evidence);
  }

  /** A feature that was not published is parked; the others go on. */
  private EvidenceSummary imported(Path folder, List<FeatureId> features) {
    PublishedFeatures published =
        new PublishedFeatures(
            folder, quotas, seed, campaign.subject().model().tokenizer()::isSpecial);
    WrittenTokens written =
        new WrittenTokens(campaign.subject().model(), campaign.subject().transcoder());
    Map<String, ArtifactRef> results = new LinkedHashMap<>();
    int windows = 0;
    for (FeatureId feature : features) {
      pulse.check("evidence of %s".formatted(unit(feature)));
      PublishedFeatures.Found found = published.find(feature);
      if (found instanceof PublishedFeatures.Found.There there) {
        Evidence evidence = there.evidence().writing(written.of(campaign.manager(), feature));
        results.put(unit(feature), artifacts.evidence().write(List.of(evidence)));
        windows += there.evidence().windows();
      } else if (found instanceof PublishedFeatures.Found.Missing missing) {
        park(feature, missing.reason());
      }
    }
    campaign.stores().units().done(campaignId, FeatureStages.EVIDENCE, results);
    return new EvidenceSummary(results.size(), windows, false);
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
