package dev.piecrust.view;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.KeptBy;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.feature.Stratum;
import dev.piecrust.report.meaning.FeatureRanking;
import dev.piecrust.report.meaning.Gaps;
import dev.piecrust.report.meaning.SameDescription;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.ListKey;
import dev.piecrust.store.features.FeatureLine;
import dev.piecrust.store.features.FeatureQuery;
import dev.piecrust.store.result.KeptPrompt;
import dev.piecrust.store.result.KeptPrompts;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The features of a campaign, as lists and one by one. */
@Singleton
public class FeatureViews {
  /** Prompts whose other features are counted. */
  static final int LOOKED_AT = 300;

  private static final int EXAMPLES = 24;
  private static final int COMPANIONS = 8;

  private final Stores stores;
  private final UnitArtifacts artifacts;
  private final KeptAnywhere anywhere;

  public FeatureViews(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = new UnitArtifacts(stores.units(), artifacts);
    this.anywhere = new KeptAnywhere(stores.units(), artifacts);
  }

  /** A part of a list of features. */
  public Page<FeatureLine> page(FeatureQuery query, Optional<ListKey> after, int size) {
    List<FeatureLine> lines = stores.views().features().page(query, after, size + 1);
    return Page.of(lines, size, line -> line.key().token());
  }

  /** That many features have one description, where they do. */
  public Optional<String> sameDescription(String campaignId) {
    return SameDescription.note(stores.features().explanations(campaignId));
  }

  /** By what the features are in order, in a sentence without its stop. */
  public String ranking(String campaignId) {
    return FeatureRanking.words(stores, campaignId);
  }

  /** The features that come first in the campaign's list. */
  public List<FeatureLine> first(String campaignId, int atMost) {
    return stores.views().features().page(FeatureQuery.all(campaignId), Optional.empty(), atMost);
  }

  /** How each score is spread over the features that have it; those that none has are left out. */
  public List<ScoreSpread> spreads(String campaignId) {
    return Arrays.stream(FadeMetric.values())
        .map(metric -> Map.entry(metric, stores.views().features().scores(campaignId, metric)))
        .filter(scores -> !scores.getValue().isEmpty())
        .map(scores -> ScoreSpread.of(scores.getKey(), scores.getValue().values()))
        .toList();
  }

  /** How many features the campaign explains. */
  public long count(String campaignId) {
    return stores.views().features().count(campaignId);
  }

  /** The prompts that keep a feature, by the campaign's rule; a key's value is the task. */
  public Page<KeptPrompt> prompts(
      String campaignId, FeatureId feature, Optional<ListKey> after, int size) {
    ListKey from = after.orElse(new ListKey("", -1));
    List<KeptPrompt> prompts =
        stores.keptPrompts().of(campaignId, feature, from.value(), from.wholeTie(), size + 1);
    return Page.of(prompts, size, last -> new ListKey(last.task(), last.prompt()).token());
  }

  /** Whether a campaign explains a feature, or any method of it keeps it. */
  public boolean knows(String campaignId, FeatureId feature) {
    return stores.keptPrompts().count(campaignId, feature) > 0
        || stores.views().features().find(campaignId, feature).isPresent()
        || anywhere.has(campaignId, feature);
  }

  /** Whether the campaign looks at a corpus. */
  public boolean readsCorpus(String campaignId) {
    return stores.campaigns().spec(campaignId).interpret().isPresent();
  }

  /** One feature; nobody says what one means that the campaign does not explain. */
  public FeatureView feature(String campaignId, FeatureId feature) {
    FeatureUnit unit = new FeatureUnit(campaignId, feature);
    CampaignSpec spec = stores.campaigns().spec(campaignId);
    KeptBy rule = spec.keptBy();
    Optional<SelectedFeature> selected =
        stores.views().features().find(campaignId, feature).map(FeatureLine::selected);
    Optional<Explanation> told = stores.features().explanation(campaignId, feature);
    Map<FadeMetric, FadeScore> scores = stores.features().scores(campaignId, feature);
    if (selected.isPresent() && spec.interpret().isPresent()) {
      Gaps gaps = Gaps.of(stores, campaignId, spec);
      told = gaps.explanation(feature, told);
      scores = gaps.scores(feature, told, scores);
    }
    return new FeatureView(
        campaignId,
        feature,
        feature.cantor(),
        selected,
        told,
        stores.costs().of(campaignId, feature),
        artifacts.readOne(unit, FeatureStages.EVIDENCE, Evidence.class).map(FeatureViews::view),
        scores,
        artifacts.read(unit, FeatureStages.ACTIVATE, ActivatedText.class),
        artifacts.read(unit, FeatureStages.RATE, RatedSample.class),
        artifacts.read(unit, FeatureStages.RATE_STEERED, RatedContinuation.class),
        stores.keptPrompts().places(campaignId, feature),
        together(campaignId, feature),
        stores.keptPrompts().previous(campaignId, feature),
        stores.keptPrompts().next(campaignId, feature),
        stores.keptPrompts().count(campaignId, feature),
        "%s at K=%d".formatted(rule.method().label(), rule.budget()));
  }

  private List<FeatureView.Companion> together(String campaignId, FeatureId feature) {
    List<KeptPrompts.Companion> found =
        stores.keptPrompts().together(campaignId, feature, LOOKED_AT, COMPANIONS);
    Map<FeatureId, String> descriptions =
        stores
            .views()
            .features()
            .descriptions(campaignId, found.stream().map(KeptPrompts.Companion::feature).toList());
    return found.stream()
        .map(
            one ->
                new FeatureView.Companion(
                    one.feature(),
                    one.prompts(),
                    Optional.ofNullable(descriptions.get(one.feature()))))
        .toList();
  }

  private static FeatureView.EvidenceView view(Evidence evidence) {
    return new FeatureView.EvidenceView(
        evidence.windows(),
        evidence.active().size(),
        evidence.maximum(),
        Histogram.of(evidence.active(), evidence.windows()),
        examples(evidence),
        evidence.writes());
  }

  /** The strongest, and of those drawn from the other strata the ones that are active. */
  private static List<Example> examples(Evidence evidence) {
    return evidence.examples().stream()
        .filter(example -> example.activation() > 0)
        .sorted(
            Comparator.comparing(Example::stratum)
                .thenComparing(
                    example -> example.stratum() == Stratum.TOP ? -example.activation() : 0.0))
        .limit(EXAMPLES)
        .toList();
  }
}
