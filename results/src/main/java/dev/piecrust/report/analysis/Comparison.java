package dev.piecrust.report.analysis;

/**
 * Two methods at one budget, compared on the same prompts (docs/method.md §6).
 *
 * @param prompts on which both were measured
 * @param difference mean {@code kl_last} of {@code method} minus that of {@code other}, in nats;
 *     negative where {@code method} is better
 * @param low lower end of its 95 % interval, by paired bootstrap over prompts
 * @param high its upper end
 * @param share two-sided: twice the share of resamples on the rarer side of 0, at most 1; read like
 *     a p-value, and no smaller than one resample can tell
 */
public record Comparison(
    String method,
    String other,
    int budget,
    int prompts,
    double difference,
    double low,
    double high,
    double share) {
  /** The same with the roles exchanged. */
  public Comparison reversed() {
    return new Comparison(other, method, budget, prompts, -difference, -high, -low, share);
  }
}
