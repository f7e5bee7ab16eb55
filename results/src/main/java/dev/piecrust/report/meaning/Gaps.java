package dev.piecrust.report.meaning;

import static java.util.stream.Collectors.toMap;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why features of a campaign have no description or no score, also where the reason is recorded
 * elsewhere: with the unit that was given up, or in how the campaign ended. Where nobody was asked
 * yet there is no reason.
 */
public final class Gaps {
  private static final String NOT_ASKED = "the campaign ended before anybody was asked";

  private final String campaignId;
  private final LlmSpec llm;
  private final boolean evaluated;
  private final boolean ended;
  private final Map<String, String> unexplained;
  private final Map<String, String> unevaluated;

  private Gaps(Stores stores, String campaignId, CampaignSpec spec) {
    this.campaignId = campaignId;
    this.llm = spec.interpreting().llm(LlmRole.EXPLAIN);
    this.evaluated = spec.evaluate().isPresent();
    this.ended = stores.campaigns().status(campaignId).state().ended();
    this.unexplained = parked(stores, List.of(FeatureStages.EVIDENCE, FeatureStages.EXPLAIN));
    this.unevaluated = parked(stores, List.of(FeatureStages.EVALUATE));
  }

  /** Those of a campaign that explains features. */
  public static Gaps of(Stores stores, String campaignId, CampaignSpec spec) {
    return new Gaps(stores, campaignId, spec);
  }

  private Map<String, String> parked(Stores stores, List<String> stages) {
    return stages.stream()
        .flatMap(stage -> stores.units().parked(campaignId, stage).stream())
        .collect(
            toMap(
                UnitRow::unit,
                unit -> unit.reason().orElse("no reason recorded"),
                (first, second) -> first));
  }

  /** What is recorded of a feature, or why nothing is. */
  public Optional<Explanation> explanation(FeatureId feature, Optional<Explanation> recorded) {
    return recorded.or(
        () ->
            reason(unexplained, feature)
                .map(
                    reason ->
                        new Explanation(
                            feature,
                            llm.provider().label(),
                            llm.model(),
                            llm.provider().baseline(),
                            Optional.empty(),
                            reason)));
  }

  /**
   * The recorded scores of a feature, or why there are none; empty where it is not evaluated yet.
   *
   * @param explanation what is known of what it means
   */
  public Map<FadeMetric, FadeScore> scores(
      FeatureId feature, Optional<Explanation> explanation, Map<FadeMetric, FadeScore> recorded) {
    Optional<String> parked = Optional.ofNullable(unevaluated.get(unit(feature)));
    Map<FadeMetric, FadeScore> scores = new EnumMap<>(FadeMetric.class);
    if (!recorded.isEmpty()) {
      recorded.forEach((metric, score) -> scores.put(metric, withReason(score, parked)));
    } else if (evaluated) {
      explanation
          .filter(told -> told.description().isEmpty())
          .map(told -> "the feature has no description: " + told.reason())
          .or(() -> reason(unevaluated, feature))
          .ifPresent(
              reason -> {
                for (FadeMetric metric : FadeMetric.values()) {
                  scores.put(metric, new FadeScore.Unscored(FadeScore.Kind.NO_INPUT, reason));
                }
              });
    }
    return scores;
  }

  private Optional<String> reason(Map<String, String> reasons, FeatureId feature) {
    return Optional.ofNullable(reasons.get(unit(feature)))
        .or(() -> ended ? Optional.of(NOT_ASKED) : Optional.empty());
  }

  private String unit(FeatureId feature) {
    return new FeatureUnit(campaignId, feature).unit();
  }

  /** That an input is missing says little where why it is missing is known. */
  private static FadeScore withReason(FadeScore score, Optional<String> parked) {
    return score instanceof FadeScore.Unscored missing
            && missing.kind() == FadeScore.Kind.NO_INPUT
            && parked.filter(reason -> !missing.reason().contains(reason)).isPresent()
        ? new FadeScore.Unscored(missing.kind(), missing.reason() + ": " + parked.get())
        : score;
  }
}
