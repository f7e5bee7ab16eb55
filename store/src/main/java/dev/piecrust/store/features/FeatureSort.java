package dev.piecrust.store.features;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a list of features can be sorted by. Features without the value come last, in whichever
 * direction.
 */
public enum FeatureSort {
  /** Its place in the campaign's list, by what carries over best to other prompts. */
  RANK("rank", "ordinal", "ordinal", "", true),
  /** How often it is kept. */
  KEPT("kept", "kept", "ordinal", "", false),
  /** Layer, and then index. */
  FEATURE("feature", "key.layer", "key.feature", "", true),
  /** Mean absolute score over its occurrences. */
  SCORE("score", "meanAbsScore", "ordinal", "", false),
  /** Token position where it is kept most often. */
  POSITION("position", "place", "ordinal", "%s >= 0", true),
  /** What it means, by the first letters and without regard to case. */
  DESCRIPTION("description", "title", "ordinal", "%s > ''", true),
  /** Its {@link dev.piecrust.feature.FadeMetric#CLARITY}, 0 to 1. */
  CLARITY("clarity", "clarity", "ordinal", "%s >= 0", false),
  /** Its {@link dev.piecrust.feature.FadeMetric#RESPONSIVENESS}, 0 to 1. */
  RESPONSIVENESS("responsiveness", "responsiveness", "ordinal", "%s >= 0", false),
  /** Its {@link dev.piecrust.feature.FadeMetric#PURITY}, 0 to 1. */
  PURITY("purity", "purity", "ordinal", "%s >= 0", false),
  /** Its {@link dev.piecrust.feature.FadeMetric#FAITHFULNESS}, 0 to 1. */
  FAITHFULNESS("faithfulness", "faithfulness", "ordinal", "%s >= 0", false);

  private final String label;
  private final String column;
  private final String tie;
  private final String there;
  private final boolean smallestFirst;

  FeatureSort(String label, String column, String tie, String there, boolean smallestFirst) {
    this.label = label;
    this.column = column;
    this.tie = tie;
    this.there = there;
    this.smallestFirst = smallestFirst;
  }

  /** The name in addresses. */
  public String label() {
    return label;
  }

  /** The sort of this name; another is a user error. */
  public static FeatureSort of(String label) {
    return Arrays.stream(values())
        .filter(sort -> sort.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                user(
                    "sort is '%s', expected one of %s",
                    label,
                    Arrays.stream(values())
                        .map(FeatureSort::label)
                        .collect(Collectors.joining(", "))));
  }

  String column() {
    return "f." + column;
  }

  String tie() {
    return "f." + tie;
  }

  /** Which features have a value to be sorted by; empty where all have one. */
  String there() {
    return there.formatted(column());
  }

  boolean text() {
    return this == DESCRIPTION;
  }

  /** Whether the list reads best with the smallest value first, such as the first layer. */
  public boolean smallestFirst() {
    return smallestFirst;
  }
}
