package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * What a campaign may cost.
 *
 * @param failureShare share of failed prompts, 0 to 1, past which the campaign stops
 */
public record LimitsSpec(double failureShare) {
  public static final double DEFAULT_FAILURE_SHARE = 0.2;

  public LimitsSpec {
    if (!(failureShare >= 0 && failureShare <= 1)) {
      throw user("limits.failure_share is %s, expected 0 to 1", failureShare);
    }
  }

  public static LimitsSpec defaults() {
    return new LimitsSpec(DEFAULT_FAILURE_SHARE);
  }
}
