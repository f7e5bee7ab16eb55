package dev.piecrust.campaign;

import java.math.BigDecimal;

/** The keys of {@code llm:}. */
final class LlmKeys {
  static final String UNKNOWN = "unknown";
  static final YamlChoice<LlmProviderKind> PROVIDERS =
      new YamlChoice<>(LlmProviderKind.class, LlmProviderKind::label);
  static final YamlChoice<LlmSchedule> SCHEDULES =
      new YamlChoice<>(LlmSchedule.class, LlmSchedule::label);

  private static final LlmSpec USUAL = LlmSpec.lexical();

  private static final SpecKeys PRICE =
      SpecKeys.of(
          usd("input", SpecKey.REQUIRED, "Tokens of the question."),
          usd("cached_input", "as input", "Tokens of the question that the provider remembered."),
          usd("output", SpecKey.REQUIRED, "Tokens of the answer."),
          usd("reasoning", "as output", "Tokens that the model thinks with."),
          SpecKey.share("batch_share", BigDecimal.ONE, "What a batch costs, as a share of these."));

  static final SpecKey ALL =
      SpecKey.group(
          "llm",
          SpecKeys.of(
              SpecKey.choice(
                  "provider",
                  PROVIDERS,
                  SpecKey.REQUIRED,
                  "Who answers: OpenAI and whatever speaks its language, Anthropic, or the offline"
                      + " baseline."),
              SpecKey.other(
                  "model",
                  "the provider's name of a model",
                  "required; of lexical, its own name",
                  "Which model is asked."),
              SpecKey.other(
                  "base_url",
                  "an address such as https://HOST/v1",
                  "the provider's own",
                  "Where an endpoint of your own is: vLLM, Ollama, LiteLLM and alike."),
              SpecKey.other(
                  "api_key_env",
                  "the name of an environment variable",
                  "OPENAI_API_KEY or ANTHROPIC_API_KEY; with base_url, no key",
                  "The variable that holds the key, one of PIECRUST_API_KEY_NAMES. The key itself"
                      + " is never written down."),
              SpecKey.choice(
                  "schedule",
                  SCHEDULES,
                  USUAL.schedule().label(),
                  "When calls are answered: at once, or within a day at the provider's batch"
                      + " price."),
              SpecKey.number(
                  "temperature",
                  v -> v >= 0 && v <= 2,
                  "a number from 0 to 2",
                  "the provider's own",
                  "How much answers vary."),
              SpecKey.whole(
                  "max_output_tokens",
                  1,
                  USUAL.maxOutputTokens(),
                  "Most tokens of an answer, reasoning included: the worst case that is reserved."),
              SpecKey.whole("concurrency", 1, USUAL.concurrency(), "Calls under way at once."),
              SpecKey.whole(
                  "timeout_seconds",
                  1,
                  USUAL.timeoutSeconds(),
                  "After which a call without an answer is given up."),
              SpecKey.group(
                  "price",
                  PRICE,
                  UNKNOWN + ", or keys: " + PRICE,
                  "the price table's",
                  "What the model costs. If it is unknown, so is what is spent.")),
          "{provider: …, model: …}",
          SpecKey.REQUIRED,
          "The language model that explains and rates.");

  private LlmKeys() {}

  private static SpecKey usd(String name, String usual, String purpose) {
    return SpecKey.number(
        name, v -> v >= 0, "a number of 0 or more, in USD per million tokens", usual, purpose);
  }
}
