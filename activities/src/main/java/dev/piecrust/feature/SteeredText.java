package dev.piecrust.feature;

/**
 * A continuation under a steered feature (docs/method.md §8).
 *
 * @param factor what the feature's maximum natural activation was multiplied by
 * @param prompt what was continued
 * @param continuation what the subject model went on with
 */
public record SteeredText(double factor, String prompt, String continuation) {}
