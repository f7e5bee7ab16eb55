package dev.piecrust.campaign;

/**
 * A prompt without a result, and why.
 *
 * @param index of the prompt within its task, from 0
 */
public record PromptFailure(String task, int index, String reason) {}
