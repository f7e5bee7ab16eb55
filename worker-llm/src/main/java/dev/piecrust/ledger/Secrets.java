package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps keys out of what is written down, even where a provider's own words repeat them. */
final class Secrets {
  private static final int SHORTEST = 6;

  private final UnaryOperator<@Nullable String> environment;

  /**
   * @param environment a variable's value, or null
   */
  Secrets(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /** The sentence without the spec's key. */
  String without(LlmSpec llm, @Nullable String sentence) {
    String text = String.valueOf(sentence);
    String key = llm.apiKeyEnv().map(environment).orElse("");
    return key.length() < SHORTEST ? text : text.replace(key, "…");
  }
}
