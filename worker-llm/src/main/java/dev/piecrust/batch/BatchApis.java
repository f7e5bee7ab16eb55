package dev.piecrust.batch;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmSpec;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which provider's batches a spec means. */
public final class BatchApis {
  private final UnaryOperator<@Nullable String> environment;
  private final LlmAccess access;

  /**
   * @param environment a variable's value, or null
   * @param access what may be asked, and with which variables
   */
  public BatchApis(UnaryOperator<@Nullable String> environment, LlmAccess access) {
    this.environment = environment;
    this.access = access;
  }

  /** The batches of this spec's provider; a missing key is a user error. */
  public BatchApi of(LlmSpec llm) {
    Optional<String> key = llm.apiKeyEnv().map(this::key);
    return switch (llm.provider()) {
      case OPENAI -> new OpenAiBatches(llm, key, access);
      case ANTHROPIC -> new AnthropicBatches(llm, key, access);
      case GEMINI, OPENROUTER, LEXICAL ->
          throw user(
              "interpret.llm.schedule: %s has no batches, expected realtime",
              llm.provider().label());
    };
  }

  private String key(String variable) {
    access
        .keyRefusal(variable)
        .ifPresent(
            why -> {
              throw user("interpret.llm.api_key_env: %s", why);
            });
    String key = environment.apply(variable);
    if (key == null || key.isBlank()) {
      throw user(
          "interpret.llm.api_key_env: the environment variable %s is not set, expected it to hold"
              + " the provider's key",
          variable);
    }
    return key;
  }
}
