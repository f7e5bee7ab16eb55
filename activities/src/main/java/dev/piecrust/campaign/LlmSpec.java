package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.price.Price;
import java.util.Optional;

/**
 * Which language model is asked, and how.
 *
 * @param model the provider's name of it, not blank; {@code lexical} for the baseline
 * @param baseUrl where an OpenAI-compatible endpoint is, up to and including its {@code /v1};
 *     absent for the provider's own
 * @param apiKeyEnv name of the environment variable that holds the key; absent for none
 * @param schedule of all calls; the baseline has no batches
 * @param temperature absent where the provider's default is to hold (some models refuse any other)
 * @param maxOutputTokens limit of one answer, 1 or more, reasoning included; the worst case that is
 *     reserved
 * @param concurrency calls in flight at once, over all features; 1 or more
 * @param timeoutSeconds after which a call without an answer is given up; 1 or more
 * @param price what it costs; absent to look it up in the price table
 * @param unpriced whether a model without a known price may be called; its cost is then unknown
 */
public record LlmSpec(
    LlmProviderKind provider,
    String model,
    Optional<String> baseUrl,
    Optional<String> apiKeyEnv,
    LlmSchedule schedule,
    Optional<Double> temperature,
    int maxOutputTokens,
    int concurrency,
    int timeoutSeconds,
    Optional<Price> price,
    boolean unpriced) {
  static final int DEFAULT_MAX_OUTPUT_TOKENS = 2000;
  static final int DEFAULT_CONCURRENCY = 16;
  static final int DEFAULT_TIMEOUT_SECONDS = 120;

  public LlmSpec {
    if (model.isBlank()) {
      throw user("interpret.llm.model: must not be empty");
    }
    if (maxOutputTokens < 1 || concurrency < 1 || timeoutSeconds < 1) {
      throw user(
          "interpret.llm: max_output_tokens, concurrency and timeout_seconds must be 1 or more");
    }
    if (provider.baseline() && schedule == LlmSchedule.BATCH) {
      throw user("interpret.llm.schedule: lexical answers at once, expected realtime");
    }
  }

  /** Where it is asked, up to and including its {@code /v1}; empty for the baseline. */
  public String address() {
    return baseUrl.orElse(provider.address());
  }

  /** The offline baseline. */
  public static LlmSpec lexical() {
    return of(LlmProviderKind.LEXICAL, "lexical");
  }

  /** A model of a provider, with the defaults. */
  public static LlmSpec of(LlmProviderKind provider, String model) {
    return new LlmSpec(
        provider,
        model,
        Optional.empty(),
        Optional.empty(),
        LlmSchedule.REALTIME,
        Optional.empty(),
        DEFAULT_MAX_OUTPUT_TOKENS,
        DEFAULT_CONCURRENCY,
        DEFAULT_TIMEOUT_SECONDS,
        Optional.empty(),
        false);
  }
}
