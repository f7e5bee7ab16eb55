package dev.piecrust.feature;

/**
 * A continuation under a steered feature, and what the language model thinks of it (docs/method.md
 * §8).
 *
 * @param factor what the feature's maximum natural activation was multiplied by
 * @param rating how well the continuation, without its prompt, fits the description: 0 not, 1 in
 *     part, 2 fully
 */
public record RatedContinuation(double factor, String prompt, String continuation, int rating) {}
