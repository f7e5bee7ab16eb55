package dev.piecrust.report.meaning;

import static java.util.stream.Collectors.toMap;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.store.Stores;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Builds the table of a campaign's features. */
public final class FeatureTables {
  private final Stores stores;

  public FeatureTables(Stores stores) {
    this.stores = stores;
  }

  /** The features so far; absent for a campaign that explains none. */
  public Optional<FeatureTable> of(String campaignId, CampaignSpec spec) {
    return spec.interpret().map(interpret -> table(campaignId, spec, interpret));
  }

  private FeatureTable table(String campaignId, CampaignSpec spec, InterpretSpec interpret) {
    Map<FeatureId, Explanation> explanations =
        stores.features().explanations(campaignId).stream()
            .collect(toMap(Explanation::feature, e -> e));
    Map<FeatureId, FadeResult> results =
        stores.features().evaluations(campaignId).stream()
            .collect(toMap(FadeResult::feature, r -> r));
    Gaps gaps = Gaps.of(stores, campaignId, spec);
    List<FeatureTable.Row> rows =
        stores.features().selected(campaignId).stream()
            .map(
                selected -> {
                  FeatureId feature = selected.feature();
                  Optional<Explanation> explanation =
                      gaps.explanation(feature, Optional.ofNullable(explanations.get(feature)));
                  Map<FadeMetric, FadeScore> scores =
                      Optional.ofNullable(results.get(feature))
                          .map(FadeResult::scores)
                          .orElse(Map.of());
                  return new FeatureTable.Row(
                      selected, explanation, gaps.scores(feature, explanation, scores));
                })
            .toList();
    return new FeatureTable(
        interpret.llm(LlmRole.EXPLAIN).provider().label(),
        interpret.llm(LlmRole.EXPLAIN).model(),
        interpret.llm(LlmRole.EXPLAIN).provider().baseline(),
        spec.evaluate().isPresent(),
        stores.accounts().spend(campaignId),
        Arrays.stream(FadeMetric.values()).map(metric -> mean(metric, rows)).toList(),
        FeatureRanking.words(stores, campaignId),
        rows);
  }

  private static FeatureTable.MetricMean mean(FadeMetric metric, List<FeatureTable.Row> rows) {
    List<FadeScore> scores =
        rows.stream()
            .flatMap(row -> Optional.ofNullable(row.scores().get(metric)).stream())
            .toList();
    Map<FadeScore.Kind, Integer> unscored = new EnumMap<>(FadeScore.Kind.class);
    for (FadeScore score : scores) {
      if (score instanceof FadeScore.Unscored missing) {
        unscored.merge(missing.kind(), 1, Integer::sum);
      }
    }
    return new FeatureTable.MetricMean(
        metric,
        Statistics.standard().estimate(scores.stream().map(FeatureTables::value).toList()),
        unscored);
  }

  private static OptionalDouble value(FadeScore score) {
    return score instanceof FadeScore.Scored scored
        ? OptionalDouble.of(scored.value())
        : OptionalDouble.empty();
  }
}
