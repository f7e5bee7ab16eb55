package dev.piecrust.batch;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.LlmSpec;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which provider's batches a spec means. */
public final class BatchApis {
  private final UnaryOperator<@Nullable String> environment;

  /**
   * @param environment a variable's value, or null
   */
  public BatchApis(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /** The batches of this spec's provider; a missing key is a user error. */
  public BatchApi of(LlmSpec llm) {
    Optional<String> key = llm.apiKeyEnv().map(this::key);
    return switch (llm.provider()) {
      case OPENAI -> new OpenAiBatches(llm, key);
      case ANTHROPIC -> new AnthropicBatches(llm, key);
      case LEXICAL ->
          throw user("interpret.llm.schedule: lexical answers at once, expected realtime");
    };
  }

  private String key(String variable) {
    String key = environment.apply(variable);
    if (key == null || key.isBlank()) {
      throw user("interpret.llm.api_key_env: the environment variable %s is not set", variable);
    }
    return key;
  }
}
