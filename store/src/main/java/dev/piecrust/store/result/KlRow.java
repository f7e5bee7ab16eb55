package dev.piecrust.store.result;

/**
 * KL at the last token, of one method on one prompt at one budget.
 *
 * @param klLast in nats
 */
public record KlRow(String method, int budget, int prompt, double klLast) {}
