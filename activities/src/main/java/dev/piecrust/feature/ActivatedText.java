package dev.piecrust.feature;

/**
 * A text and what a feature makes of it.
 *
 * @param activation the feature's maximum over the text's tokens, special tokens left out
 */
public record ActivatedText(String text, double activation) {}
