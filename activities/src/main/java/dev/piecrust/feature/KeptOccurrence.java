package dev.piecrust.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One kept occurrence: layer, token position, feature index and the score that kept it. In JSON it
 * is the array {@code [layer, position, feature, score]}.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"layer", "position", "feature", "score"})
public record KeptOccurrence(
    @JsonProperty("layer") int layer,
    @JsonProperty("position") int position,
    @JsonProperty("feature") int feature,
    @JsonProperty("score") double score) {
  @JsonCreator
  public KeptOccurrence {}

  /** Its feature, whatever the position. */
  public FeatureId id() {
    return new FeatureId(layer, feature);
  }
}
