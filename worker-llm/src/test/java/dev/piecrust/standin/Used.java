package dev.piecrust.standin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.price.TokenUsage;
import java.util.Optional;

/**
 * Tokens as a server reports them, possible or not.
 *
 * @param input all of the prompt, what was read from the cache or written to it among them
 */
public record Used(long input, long cached, long written, long output) {
  private static final long MANY = 1_000_000;

  /** What a call truly used. */
  static Used truly(JsonNode request, Fault fault) {
    long prompt = Format.promptTokens(request);
    return new Used(prompt, 0, fault == Fault.CACHE_WRITE ? prompt : 0, Format.ANSWER_TOKENS);
  }

  /** What is said of it. */
  static Optional<Used> reported(JsonNode request, Fault fault) {
    Used truth = truly(request, fault);
    return switch (fault) {
      case NO_USAGE -> Optional.empty();
      case NO_INPUT -> Optional.of(new Used(0, 0, 0, truth.output));
      case NO_OUTPUT -> Optional.of(new Used(truth.input, 0, 0, 0));
      case TOO_MUCH_INPUT -> Optional.of(new Used(MANY, 0, 0, truth.output));
      case TOO_MUCH_OUTPUT -> Optional.of(new Used(truth.input, 0, 0, MANY));
      case NEGATIVE_USAGE -> Optional.of(new Used(-truth.input, 0, 0, -truth.output));
      case TOO_MUCH_CACHED -> Optional.of(new Used(truth.input, MANY, 0, truth.output));
      default -> Optional.of(truth);
    };
  }

  TokenUsage usage() {
    return new TokenUsage(input, cached, output, 0);
  }
}
