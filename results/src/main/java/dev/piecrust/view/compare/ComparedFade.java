package dev.piecrust.view.compare;

import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.store.Stores;
import dev.piecrust.view.compare.Comparing.FadeLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The evaluations of several campaigns. */
record ComparedFade(Stores stores, List<String> campaigns) {
  private static final Statistics STATISTICS = Statistics.standard();

  List<FadeLine> lines(FadeMetric... metrics) {
    List<FadeLine> lines = new ArrayList<>();
    for (FadeMetric metric : metrics) {
      line(metric).ifPresent(lines::add);
    }
    return lines;
  }

  private Optional<FadeLine> line(FadeMetric metric) {
    Map<String, Map<FeatureId, Double>> scores = new LinkedHashMap<>();
    for (String campaign : campaigns) {
      Map<FeatureId, Double> own = stores.views().features().scores(campaign, metric);
      if (!own.isEmpty()) {
        scores.put(campaign, own);
      }
    }
    if (scores.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Estimate> means = new LinkedHashMap<>();
    scores.forEach(
        (campaign, own) -> means.put(campaign, STATISTICS.estimate(array(own.values()))));
    Map<String, Estimate> differences = new LinkedHashMap<>();
    Map<FeatureId, Double> first = scores.getOrDefault(campaigns.get(0), Map.of());
    scores.forEach(
        (campaign, own) -> {
          if (!campaign.equals(campaigns.get(0))) {
            differences.put(campaign, STATISTICS.estimate(difference(own, first)));
          }
        });
    return Optional.of(new FadeLine(metric, means, differences));
  }

  private static double[] difference(Map<FeatureId, Double> own, Map<FeatureId, Double> first) {
    return own.keySet().stream()
        .filter(first::containsKey)
        .sorted()
        .mapToDouble(
            feature ->
                Objects.requireNonNull(own.get(feature))
                    - Objects.requireNonNull(first.get(feature)))
        .toArray();
  }

  private static double[] array(Iterable<Double> values) {
    List<Double> all = new ArrayList<>();
    values.forEach(all::add);
    return all.stream().mapToDouble(v -> v).toArray();
  }
}
