package dev.piecrust.feature;

import org.jspecify.annotations.Nullable;

/**
 * How well a keep set preserves the behaviour of one prompt (docs/method.md §6).
 *
 * @param klLast KL(clean ‖ patched) at the last position, in nats
 * @param klAll the same, mean over positions, in nats
 * @param predChanged 1 where the arg-max at the last position differs, else 0; a share where
 *     several seeds are averaged
 * @param faithfulness {@code (m(S) − m(∅)) / (m_clean − m(∅))}, missing where the denominator is 0
 * @param completeness {@code (m(Sᶜ) − m(∅)) / (m_clean − m(∅))}, missing where the denominator is 0
 */
public record Fidelity(
    double klLast,
    double klAll,
    double predChanged,
    @Nullable Double faithfulness,
    @Nullable Double completeness) {}
