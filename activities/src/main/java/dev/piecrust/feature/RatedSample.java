package dev.piecrust.feature;

/**
 * A natural text, what the feature makes of it, and what the language model thinks of it
 * (docs/method.md §8).
 *
 * @param window its ordinal in the corpus
 * @param stratum which part of the feature's activations it was drawn from
 * @param activation the feature's maximum over the text's tokens
 * @param rating how well the text fits the description: 0 not, 1 in part, 2 fully
 */
public record RatedSample(
    int window, Stratum stratum, String text, double activation, int rating) {}
