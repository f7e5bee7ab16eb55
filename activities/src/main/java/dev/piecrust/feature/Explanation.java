package dev.piecrust.feature;

import java.util.Optional;

/**
 * What a feature means, or why nobody could say.
 *
 * @param provider who said it, such as {@code openai}, or {@value #IMPORTED}
 * @param baseline whether it was the offline baseline, and must be labelled so
 * @param description absent where there is none
 * @param reason why there is none; empty where there is one
 */
public record Explanation(
    FeatureId feature,
    String provider,
    String model,
    boolean baseline,
    Optional<String> description,
    String reason) {
  /** The provider of a description that was made elsewhere; its model is the name of its file. */
  public static final String IMPORTED = "imported";

  /** A description that was made elsewhere. */
  public static Explanation imported(FeatureId feature, String file, String description) {
    return new Explanation(feature, IMPORTED, file, false, Optional.of(description), "");
  }

  /** Whether nobody is to be asked, since the description was made elsewhere. */
  public boolean madeElsewhere() {
    return provider.equals(IMPORTED);
  }
}
