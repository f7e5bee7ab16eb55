package dev.piecrust.store.rate;

/**
 * What a call needs of its endpoint.
 *
 * @param tokens of the prompt and of the longest answer together
 * @param requestsPerMinute that may reach the endpoint
 * @param tokensPerMinute likewise
 */
public record RateRequest(long tokens, int requestsPerMinute, int tokensPerMinute) {
  /** The same under the lower of two limits. */
  RateRequest within(int requests, int limit) {
    return new RateRequest(
        tokens, Math.min(requestsPerMinute, requests), Math.min(tokensPerMinute, limit));
  }

  /** What share of a minute's allowance it takes. */
  double minutes() {
    return Math.max(1.0 / requestsPerMinute, (double) tokens / tokensPerMinute);
  }
}
