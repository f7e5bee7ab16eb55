package dev.piecrust.llm;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmSpec;
import java.util.Optional;
import java.util.function.Function;

/**
 * The key to a provider. It is never shown.
 *
 * @param secret absent where none is needed
 */
record ApiKey(Optional<String> secret) {
  /**
   * @param environment looks up a variable
   * @param access which may be looked up
   */
  static ApiKey of(LlmSpec llm, Function<String, Optional<String>> environment, LlmAccess access) {
    if (llm.provider().baseline()) {
      return new ApiKey(Optional.empty());
    }
    if (llm.apiKeyEnv().isEmpty()) {
      if (llm.baseUrl().isEmpty()) {
        throw user(
            "interpret.llm.api_key_env: is missing, expected the name of the environment variable"
                + " that holds the key for %s",
            llm.provider().label());
      }
      return new ApiKey(Optional.empty());
    }
    String name = llm.apiKeyEnv().get();
    access
        .keyRefusal(name)
        .ifPresent(
            why -> {
              throw user("interpret.llm.api_key_env: %s", why);
            });
    String key = environment.apply(name).map(String::strip).orElse("");
    if (key.isEmpty()) {
      throw user(
          "interpret.llm.api_key_env: the environment variable %s is not set, expected it to hold"
              + " the key for %s",
          name, llm.provider().label());
    }
    if (!key.matches("[\\x21-\\x7e]+")) {
      throw user(
          "interpret.llm.api_key_env: the environment variable %s holds spaces, line breaks or"
              + " letters beyond ASCII, expected a key without them",
          name);
    }
    return new ApiKey(Optional.of(key));
  }

  /** The text without the key, in whatever form it is there. */
  String hiddenIn(String text) {
    return secret.map(Redaction::of).orElse(Redaction.NONE).hide(text);
  }

  @Override
  public String toString() {
    return "ApiKey[***]";
  }
}
