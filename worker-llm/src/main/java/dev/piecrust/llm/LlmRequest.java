package dev.piecrust.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One question to a language model. All but {@code question} decides the answer, and the cache's
 * key.
 *
 * @param model the provider's name of it
 * @param temperature absent for the provider's default
 * @param maxOutputTokens limit of the answer, reasoning included
 * @param schemaName name of the answer's shape
 * @param schema JSON schema of the answer; sent where the provider has structured output
 * @param question the same in a form that programs read; the offline baseline answers it
 */
public record LlmRequest(
    String model,
    List<LlmMessage> messages,
    Optional<Double> temperature,
    int maxOutputTokens,
    String schemaName,
    JsonNode schema,
    LlmQuestion question) {
  public LlmRequest {
    messages = List.copyOf(messages);
  }
}
