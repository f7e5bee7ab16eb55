package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.Redaction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps keys out of what is written down, even where a provider's own words repeat them. */
final class Secrets {
  private final UnaryOperator<@Nullable String> environment;

  /**
   * @param environment a variable's value, or null
   */
  Secrets(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /** The sentence without the spec's key, in whatever form it is there. */
  String without(LlmSpec llm, @Nullable String sentence) {
    String key = llm.apiKeyEnv().map(environment).orElse("");
    return Redaction.of(key.strip()).hide(String.valueOf(sentence));
  }
}
