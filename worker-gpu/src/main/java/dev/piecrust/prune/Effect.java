package dev.piecrust.prune;

/**
 * What a patched run of a prompt gave.
 *
 * @param metric {@code m}
 * @param klLast KL(clean ‖ patched) at the last position, in nats
 */
public record Effect(double metric, double klLast) {}
