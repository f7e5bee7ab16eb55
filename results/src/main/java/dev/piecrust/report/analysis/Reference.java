package dev.piecrust.report.analysis;

import java.util.OptionalDouble;

/**
 * A figure of the paper (arXiv:2604.16889), on its own prompts of the same task and subject.
 *
 * @param method as in tables
 * @param budget kept occurrences
 * @param klLast mean {@code kl_last} in nats
 * @param sd over prompts; absent where the paper has none
 */
public record Reference(String method, int budget, double klLast, OptionalDouble sd) {}
