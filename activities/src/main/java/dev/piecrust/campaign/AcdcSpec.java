package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;

/**
 * Parameters of {@code acdc} (docs/method.md §5): the geometric grid of thresholds.
 *
 * @param tau the first threshold, more than 0: how much KL, in nats, one removal may add
 * @param ratio from one threshold to the next, more than 1
 */
public record AcdcSpec(double tau, double ratio) {
  public AcdcSpec {
    Bounds.require(
        "prune.acdc.tau", tau, tau > 0 && Double.isFinite(tau), "a number above 0, in nats");
    Bounds.require(
        "prune.acdc.ratio", ratio, ratio > 1 && Double.isFinite(ratio), "a number above 1");
  }

  static AcdcSpec defaults() {
    return new AcdcSpec(1e-4, 4);
  }
}
