package dev.piecrust.feature;

import java.util.Optional;

/**
 * What a feature means, or why nobody could say.
 *
 * @param provider who said it, such as {@code openai}
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
    String reason) {}
