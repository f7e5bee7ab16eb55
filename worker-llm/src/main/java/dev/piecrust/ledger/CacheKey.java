package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.campaign.Checkpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hashes by which workers and campaigns share answers and endpoints. */
final class CacheKey {
  private CacheKey() {}

  /** All that decides an answer. What older releases did not know is in it only where it is set. */
  static String of(LlmSpec llm, LlmRequest request) {
    List<Object> parts = new ArrayList<>();
    parts.add(llm.provider().label());
    parts.add(llm.baseUrl().orElse(""));
    parts.add(request.model());
    parts.add(request.temperature().map(String::valueOf).orElse(""));
    parts.add(request.maxOutputTokens());
    parts.add(request.messages());
    parts.add(request.schemaName());
    parts.add(request.schema());
    llm.effort().ifPresent(effort -> parts.add(Map.of("effort", effort.label())));
    if (!llm.extra().isEmpty()) {
      parts.add(Map.of("extra", llm.extra()));
    }
    return Checkpoints.key(parts.toArray());
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
