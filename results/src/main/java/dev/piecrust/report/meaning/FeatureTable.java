package dev.piecrust.report.meaning;

import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.store.ledger.Spend;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of stages II and III so far.
 *
 * @param provider who is asked, such as {@code openai}
 * @param model the provider's name of the model
 * @param baseline whether that is the offline baseline, and must be labelled so
 * @param evaluated whether the campaign evaluates its explanations
 * @param spend on the language model, against the cap
 * @param means one for each metric, over the features that have a score
 * @param ranking by what the rows are in order, in a sentence
 * @param rows the selected features, in the order of the campaign's list
 */
public record FeatureTable(
    String provider,
    String model,
    boolean baseline,
    boolean evaluated,
    Spend spend,
    List<MetricMean> means,
    String ranking,
    List<Row> rows) {
  public FeatureTable {
    means = List.copyOf(means);
    rows = List.copyOf(rows);
  }

  /**
   * One metric over all features.
   *
   * @param estimate over the features that have a score; {@code n} says how many, {@code missing}
   *     how many were evaluated without one
   * @param unscored why they have none, by kind
   */
  public record MetricMean(
      FadeMetric metric, Estimate estimate, Map<FadeScore.Kind, Integer> unscored) {}

  /**
   * One feature.
   *
   * @param explanation absent where nobody was asked yet
   * @param scores empty where it is not evaluated yet
   */
  public record Row(
      SelectedFeature selected,
      Optional<Explanation> explanation,
      Map<FadeMetric, FadeScore> scores) {
    public Row {
      scores = Map.copyOf(scores);
    }

    /** What the feature means, if somebody could say. */
    public Optional<String> description() {
      return explanation.flatMap(Explanation::description);
    }
  }

  /** That many features have one description, where they do. */
  public Optional<String> sameDescription() {
    return SameDescription.note(rows.stream().flatMap(row -> row.explanation().stream()).toList());
  }

  /** How many features are described. */
  public long described() {
    return rows.stream().filter(row -> row.description().isPresent()).count();
  }

  /** How many of these descriptions were made elsewhere. */
  public long imported() {
    return rows.stream()
        .filter(row -> row.explanation().filter(Explanation::madeElsewhere).isPresent())
        .count();
  }
}
