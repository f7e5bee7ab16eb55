package dev.piecrust.limit;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.store.rate.RateRequest;

/** What may reach an endpoint in a minute, where the spec does not say. */
public final class RateLimits {
  /** A lot: the provider's own limits, learnt from its headers, are lower. */
  private static final int REQUESTS_PER_MINUTE = 5_000;

  private static final int TOKENS_PER_MINUTE = 4_000_000;

  private RateLimits() {}

  /** What a call of so many tokens needs; one that no minute has room for is a user error. */
  public static RateRequest wish(LimitsSpec limits, long tokens) {
    int requests = limits.requestsPerMinute().orElse(REQUESTS_PER_MINUTE);
    int perMinute = limits.tokensPerMinute().orElse(TOKENS_PER_MINUTE);
    if (tokens > perMinute) {
      throw user(
          "limits.tokens_per_minute is %d, expected at least the %d tokens that one call may need",
          perMinute, tokens);
    }
    return new RateRequest(tokens, requests, perMinute);
  }
}
