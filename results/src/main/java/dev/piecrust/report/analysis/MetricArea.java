package dev.piecrust.report.analysis;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How a method's circuits do over all sizes: the areas of the Mechanistic Interpretability
 * Benchmark (docs/method.md §6), where {@code f(k)} is the faithfulness, as a ratio of means over
 * prompts, when the share {@code k} of what is active is kept.
 *
 * @param ranking how features were ranked on other prompts; of an in-sample area {@code per-prompt}
 * @param heldOut whether features were ranked on other prompts; else occurrences on each prompt
 * @param errorsKept whether error terms stay as they are; else they are removed with what is not
 *     kept
 * @param curve {@code f} by share, ascending to 1, where it is 1
 * @param cpr {@code ∫ f dk}: higher is better
 * @param cmd {@code ∫ |1 − f| dk}: 0 is best
 */
public record MetricArea(
    String method,
    String ranking,
    boolean heldOut,
    boolean errorsKept,
    List<Point> curve,
    Estimate cpr,
    Estimate cmd) {
  public MetricArea {
    curve = List.copyOf(curve);
  }

  /**
   * One share.
   *
   * @param kept occurrences of a prompt, in the mean; absent at 1, where all are
   */
  public record Point(double share, OptionalDouble kept, Estimate faithfulness) {}

  /** What is kept or left out. */
  public String units() {
    return heldOut ? "features" : "occurrences";
  }

  /** {@code held-out} or {@code in-sample}. */
  public String sample() {
    return heldOut ? "held-out" : "in-sample";
  }

  /** {@code kept} or {@code patched}. */
  public String errors() {
    return errorsKept ? "kept" : "patched";
  }
}
