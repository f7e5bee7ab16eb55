package dev.piecrust.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.price.TokenUsage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads what providers report of a call's tokens. Their input tokens mean different things: ours
 * are all of the prompt's.
 */
public final class ReportedUsage {
  /** No answer has a million million tokens; sums of such numbers do not overflow. */
  private static final long MOST = 1_000_000_000_000L;

  private ReportedUsage() {}

  /**
   * From {@code usage} of OpenAI's chat completions, whose prompt tokens include those read from
   * the cache and written to it.
   *
   * @return empty where it is missing, or cannot be
   */
  public static Optional<TokenUsage> openAi(JsonNode usage) {
    JsonNode prompt = usage.path("prompt_tokens_details");
    return reported(
        usage.path("prompt_tokens"),
        0,
        tokens(prompt, "cached_tokens"),
        tokens(prompt, "cache_write_tokens"),
        usage.path("completion_tokens"),
        tokens(usage.path("completion_tokens_details"), "reasoning_tokens"));
  }

  /**
   * From {@code usage} of Anthropic's messages, whose input tokens are those that were neither read
   * from the cache nor written to it.
   *
   * @return empty where it is missing, or cannot be
   */
  public static Optional<TokenUsage> anthropic(JsonNode usage) {
    long read = tokens(usage, "cache_read_input_tokens");
    long written = tokens(usage, "cache_creation_input_tokens");
    return reported(
        usage.path("input_tokens"), read + written, read, written, usage.path("output_tokens"), 0);
  }

  /**
   * What a call cost, in USD, which OpenRouter alone is believed.
   *
   * @param address where the call went
   */
  static Optional<BigDecimal> cost(String address, JsonNode usage) {
    JsonNode usd = usage.path("cost");
    return address.startsWith(LlmProviderKind.OPENROUTER.address())
            && usd.isNumber()
            && usd.decimalValue().signum() >= 0
        ? Optional.of(usd.decimalValue())
        : Optional.empty();
  }

  private static long tokens(JsonNode node, String field) {
    return bounded(node.path(field));
  }

  private static Optional<TokenUsage> reported(
      JsonNode input, long beside, long read, long written, JsonNode output, long reasoning) {
    if (!input.isNumber() || !output.isNumber()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TokenUsage(bounded(input) + beside, read, written, bounded(output), reasoning));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A number far from any real one stays impossible, as a negative one. */
  private static long bounded(JsonNode number) {
    long tokens = number.asLong(0);
    return tokens > MOST ? -MOST * 4 : Math.max(tokens, -MOST * 4);
  }
}
