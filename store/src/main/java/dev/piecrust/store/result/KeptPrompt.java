package dev.piecrust.store.result;

/**
 * A prompt that keeps a feature.
 *
 * @param prompt index within its task, from 0
 * @param occurrences how many of the feature's occurrences it keeps
 * @param position of the strongest of them
 * @param strength its score, signed
 */
public record KeptPrompt(String task, int prompt, int occurrences, int position, double strength) {}
