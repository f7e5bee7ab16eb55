package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.Checkpoints;

/** Hashes by which workers and campaigns share answers and endpoints. */
final class CacheKey {
  private CacheKey() {}

  /** All that decides an answer. */
  static String of(LlmSpec llm, LlmRequest request) {
    return Checkpoints.key(
        llm.provider().label(),
        llm.baseUrl().orElse(""),
        request.model(),
        request.temperature().map(String::valueOf).orElse(""),
        request.maxOutputTokens(),
        request.messages(),
        request.schemaName(),
        request.schema());
  }

  /** Where calls of this model go: limits are a model's. */
  static String endpoint(LlmSpec llm) {
    return Checkpoints.key(llm.provider().label(), llm.baseUrl().orElse(""), llm.model());
  }

  /** The same for people. */
  static String endpointName(LlmSpec llm) {
    return "%s %s at %s"
        .formatted(llm.provider().label(), llm.model(), llm.baseUrl().orElse("the provider's own"));
  }
}
