package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a campaign may cost.
 *
 * @param usd cap on what its LLM calls may cost, 0 or more; required where they cost anything
 * @param requestsPerMinute to the LLM's endpoint, 1 or more; absent for the provider's own limit
 * @param tokensPerMinute likewise
 * @param failureShare share of failed prompts or features, 0 to 1, past which the campaign stops
 */
public record LimitsSpec(
    Optional<BigDecimal> usd,
    Optional<Integer> requestsPerMinute,
    Optional<Integer> tokensPerMinute,
    double failureShare) {
  /** A campaign may lose one prompt or feature in five. */
  public static final double DEFAULT_FAILURE_SHARE = 0.2;

  public LimitsSpec {
    if (!(failureShare >= 0 && failureShare <= 1)) {
      throw user("limits.failure_share is %s, expected 0 to 1", failureShare);
    }
    if (usd.filter(cap -> cap.signum() < 0).isPresent()) {
      throw user("limits.usd must not be negative");
    }
    if (requestsPerMinute.filter(n -> n < 1).isPresent()
        || tokensPerMinute.filter(n -> n < 1).isPresent()) {
      throw user("limits: requests_per_minute and tokens_per_minute must be 1 or more");
    }
  }

  /** No LLM, and this share of failures. */
  public LimitsSpec(double failureShare) {
    this(Optional.empty(), Optional.empty(), Optional.empty(), failureShare);
  }

  /** These, but at another's requests and tokens a minute. */
  public LimitsSpec atRatesOf(LimitsSpec other) {
    return new LimitsSpec(usd, other.requestsPerMinute, other.tokensPerMinute, failureShare);
  }

  /** No LLM, and the default share of failures. */
  public static LimitsSpec defaults() {
    return new LimitsSpec(DEFAULT_FAILURE_SHARE);
  }
}
