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
 * @param metricClean {@code m_clean}; missing in results of versions that did not record it
 * @param metricEmpty {@code m(∅)}; likewise
 */
public record Fidelity(
    double klLast,
    double klAll,
    double predChanged,
    @Nullable Double faithfulness,
    @Nullable Double completeness,
    @Nullable Double metricClean,
    @Nullable Double metricEmpty) {
  /** One without the metric itself. */
  public Fidelity(
      double klLast,
      double klAll,
      double predChanged,
      @Nullable Double faithfulness,
      @Nullable Double completeness) {
    this(klLast, klAll, predChanged, faithfulness, completeness, null, null);
  }

  /** {@code m_clean − m(∅)}; not-a-number where it is not known. */
  public double span() {
    return metricClean == null || metricEmpty == null ? Double.NaN : metricClean - metricEmpty;
  }

  /** {@code m(S)}; not-a-number where it is not known. */
  public double metric() {
    return metricEmpty == null || faithfulness == null
        ? Double.NaN
        : metricEmpty + faithfulness * span();
  }
}
