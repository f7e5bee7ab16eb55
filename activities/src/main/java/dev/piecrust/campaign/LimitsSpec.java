package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;
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

  /** More than anybody pays, and few enough digits for the ledger. */
  public static final long MOST_USD = 1_000_000_000;

  public LimitsSpec {
    Bounds.share("limits.failure_share", failureShare);
    usd.ifPresent(
        cap ->
            Bounds.require("limits.usd", cap, cap.signum() >= 0, "a number of 0 or more, in USD"));
    requestsPerMinute.ifPresent(n -> Bounds.atLeast("limits.requests_per_minute", n, 1));
    tokensPerMinute.ifPresent(n -> Bounds.atLeast("limits.tokens_per_minute", n, 1));
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
