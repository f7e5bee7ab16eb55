package dev.piecrust.feature;

/**
 * A token that may come next.
 *
 * @param token as text; one that is no text by itself as the vocabulary writes it
 */
public record Prediction(String token, double probability) {}
