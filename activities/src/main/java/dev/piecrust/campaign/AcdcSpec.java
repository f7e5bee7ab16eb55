package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * Parameters of {@code acdc} (docs/method.md §5): the geometric grid of thresholds.
 *
 * @param tau the first threshold, more than 0: how much KL, in nats, one removal may add
 * @param ratio from one threshold to the next, more than 1
 */
public record AcdcSpec(double tau, double ratio) {
  public AcdcSpec {
    if (!(tau > 0) || Double.isInfinite(tau)) {
      throw user("prune.acdc.tau is %s, expected more than 0", tau);
    }
    if (!(ratio > 1) || Double.isInfinite(ratio)) {
      throw user("prune.acdc.ratio is %s, expected more than 1", ratio);
    }
  }

  static AcdcSpec defaults() {
    return new AcdcSpec(1e-4, 4);
  }
}
