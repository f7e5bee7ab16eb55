package dev.piecrust.report.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.report.meaning.FeatureTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A feature, and the texts that its description and its scores stand on. */
public final class FeatureLines {
  private FeatureLines() {}

  /**
   * The feature itself.
   *
   * @param kept how many of its occurrences are kept, over all tasks
   * @param meaning absent in a campaign that explains nothing
   */
  public static ObjectNode feature(
      FeatureId feature, int kept, List<String> tasks, Optional<FeatureTable.Row> meaning) {
    Optional<Explanation> explanation = meaning.flatMap(FeatureTable.Row::explanation);
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("id", feature.cantor());
    name(line, feature);
    line.put("kept", kept);
    line.set("tasks", Json.mapper().valueToTree(tasks));
    line.put("mean_abs_score", meaning.map(row -> row.selected().meanAbsScore()).orElse(null));
    line.put("position", meaning.flatMap(row -> row.selected().position()).orElse(null));
    line.put("description", meaning.flatMap(FeatureTable.Row::description).orElse(null));
    line.put("provider", explanation.map(Explanation::provider).orElse(null));
    line.put("model", explanation.map(Explanation::model).orElse(null));
    line.put("baseline", explanation.map(Explanation::baseline).orElse(null));
    for (FadeMetric metric : FadeMetric.values()) {
      Optional<FadeScore> score = meaning.map(row -> row.scores().get(metric));
      Optional<FadeScore.Scored> scored = of(score, FadeScore.Scored.class);
      line.put(metric.label(), scored.map(FadeScore.Scored::value).orElse(null));
      line.put(metric.label() + "_samples", scored.map(FadeScore.Scored::samples).orElse(null));
    }
    line.put("missing", meaning.map(FeatureLines::missing).filter(m -> !m.isEmpty()).orElse(null));
    return line;
  }

  private static <T> Optional<T> of(Optional<FadeScore> score, Class<T> kind) {
    return score.filter(kind::isInstance).map(kind::cast);
  }

  /** Why there is no description, or no score. */
  private static String missing(FeatureTable.Row row) {
    if (row.description().isEmpty()) {
      return row.explanation().map(Explanation::reason).orElse("");
    }
    return row.scores().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            score ->
                of(Optional.of(score.getValue()), FadeScore.Unscored.class).stream()
                    .map(unscored -> score.getKey().label() + ": " + unscored.reason()))
        .collect(Collectors.joining("; "));
  }

  /** A window of the corpus. */
  public static ObjectNode window(FeatureId feature, Example example) {
    ObjectNode line = of(feature);
    line.put("window", example.window());
    line.put("stratum", example.stratum().name().toLowerCase(Locale.ROOT));
    line.put("activation", (float) example.activation()); // as its activations are
    line.put("text", example.text());
    line.set("tokens", Json.mapper().valueToTree(example.tokens()));
    line.set("activations", Json.mapper().valueToTree(example.activations()));
    return line;
  }

  /** A text that was written from the description. */
  public static ObjectNode written(FeatureId feature, ActivatedText text) {
    return of(feature).put("text", text.text()).put("activation", text.activation());
  }

  /** A rated text of the corpus. */
  public static ObjectNode rating(FeatureId feature, RatedSample sample) {
    return of(feature)
        .put("window", sample.window())
        .put("stratum", sample.stratum().name().toLowerCase(Locale.ROOT))
        .put("text", sample.text())
        .put("activation", sample.activation())
        .put("rating", sample.rating());
  }

  /** A rated continuation under a steered feature. */
  public static ObjectNode steered(FeatureId feature, RatedContinuation continuation) {
    return of(feature)
        .put("factor", continuation.factor())
        .put("prompt", continuation.prompt())
        .put("continuation", continuation.continuation())
        .put("rating", continuation.rating());
  }

  private static ObjectNode of(FeatureId feature) {
    ObjectNode line = Json.mapper().createObjectNode();
    name(line, feature);
    return line;
  }

  private static void name(ObjectNode line, FeatureId feature) {
    line.put("layer", feature.layer()).put("feature", feature.index());
  }
}
