package dev.piecrust.report.analysis;

import java.util.List;

/**
 * Measures of the task metric {@code m} as ratios of means over prompts, which a prompt whose
 * denominator is near 0 cannot spoil (docs/method.md §6). Estimates are without deviation; they are
 * absent where results did not record the metric.
 *
 * @param faithfulness mean {@code m(S) − m(∅)} over mean {@code m_clean − m(∅)}
 * @param completeness the same of the complement
 * @param recovered mean {@code m(S)} over mean {@code m_clean}
 */
public record Ratios(Estimate faithfulness, Estimate completeness, Estimate recovered) {
  /** Those of no values. */
  public static final Ratios NONE = new Ratios(Estimate.NONE, Estimate.NONE, Estimate.NONE);

  static Ratios of(List<Estimate> estimates) {
    return new Ratios(estimates.get(0), estimates.get(1), estimates.get(2));
  }
}
