package dev.piecrust.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.limit.TokenCount;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.TokenUsage;
import java.util.Optional;

/**
 * What usage an answer can have. What a server reports is believed within these bounds alone, so
 * that neither its mistakes nor its lies let a campaign pass its cap.
 *
 * @param counts tokens of answers
 */
record UsageBounds(TokenCount counts, long leastInput, long mostInput, long mostOutput) {
  static UsageBounds of(TokenCount counts, LlmProviderKind provider, LlmRequest request) {
    return new UsageBounds(
        counts,
        request.messages().stream().mapToLong(message -> counts.atLeast(message.text())).sum(),
        counts.atMost(provider, request),
        request.maxOutputTokens());
  }

  /**
   * Of what a batch asks.
   *
   * @param body in the provider's JSON
   */
  static UsageBounds of(TokenCount counts, String body) {
    JsonNode request = Json.read(body, JsonNode.class, "a queued call");
    long limit =
        Math.max(
            request.path("max_completion_tokens").asLong(), request.path("max_tokens").asLong());
    return new UsageBounds(
        counts,
        least(counts, request.path("system")) + least(counts, request.path("messages")),
        counts.atMost(body, request.path("messages").size() + 1),
        limit == 0 ? Long.MAX_VALUE : limit);
  }

  private static long least(TokenCount counts, JsonNode texts) {
    if (texts.isTextual()) {
      return counts.atLeast(texts.asText());
    }
    if (texts.has("content")) {
      return least(counts, texts.path("content"));
    }
    long least = 0;
    for (JsonNode part : texts) {
      least += least(counts, part);
    }
    return least;
  }

  /** Why the reported usage cannot be that of this answer; empty where it can. */
  Optional<String> doubt(LlmReply reply) {
    if (reply.usage().isEmpty()) {
      return Optional.of("none was reported, or one that cannot be");
    }
    TokenUsage usage = reply.usage().get();
    return outside("input", usage.input(), leastInput, mostInput)
        .or(() -> outside("output", usage.output(), counts.atLeast(reply.text()), mostOutput));
  }

  private static Optional<String> outside(String what, long reported, long least, long most) {
    return reported >= least && reported <= most
        ? Optional.empty()
        : Optional.of(
            "%d %s tokens were reported, expected %d to %d".formatted(reported, what, least, most));
  }
}
