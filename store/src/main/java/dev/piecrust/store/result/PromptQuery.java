package dev.piecrust.store.result;

/**
 * Which prompts are wanted, and in which order.
 *
 * @param worstFirst by KL at the last token, the largest first; otherwise by index
 */
public record PromptQuery(
    String campaignId, String task, String method, int budget, boolean worstFirst) {}
