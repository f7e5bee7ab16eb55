package dev.piecrust.report.analysis;

/**
 * How many times as many occurrences chance needs for what a method does at a budget: on each
 * prompt by itself, then averaged (docs/method.md §6).
 *
 * @param prompts that have more occurrences than the budget; there is nothing to compress on others
 * @param everything on how many of them no measured share of the occurrences suffices, so that
 *     {@code random} needs all: they count as all over the budget, and the mean is a lower bound
 * @param below on how many of them the smallest measured budget does better already: they count as
 *     that over the budget, and the mean is an upper bound
 * @param times the mean over the prompts
 */
public record Compression(
    String method, int budget, int prompts, int everything, int below, Estimate times) {
  /** Empty for a number, {@code ≥} and {@code ≤} for a bound, {@code ≈} for a mix of both. */
  public String sign() {
    if (everything > 0) {
      return below > 0 ? "≈" : "≥";
    }
    return below > 0 ? "≤" : "";
  }

  /** {@code at}, {@code at-least}, {@code at-most} or {@code about}, as in JSON. */
  public String kind() {
    return switch (sign()) {
      case "≥" -> "at-least";
      case "≤" -> "at-most";
      case "≈" -> "about";
      default -> "at";
    };
  }
}
