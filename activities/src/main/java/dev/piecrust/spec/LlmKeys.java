package dev.piecrust.spec;

import dev.piecrust.campaign.LlmEffort;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The keys of {@code llm:}. */
final class LlmKeys {
  static final String UNKNOWN = "unknown";
  static final YamlChoice<LlmProviderKind> PROVIDERS =
      new YamlChoice<>(LlmProviderKind.class, LlmProviderKind::label);
  static final YamlChoice<LlmSchedule> SCHEDULES =
      new YamlChoice<>(LlmSchedule.class, LlmSchedule::label);

  static final YamlChoice<LlmEffort> EFFORTS = new YamlChoice<>(LlmEffort.class, LlmEffort::label);

  private static final LlmSpec USUAL = LlmSpec.lexical();

  private static final SpecKeys PRICE =
      SpecKeys.of(
          usd("input", SpecKey.REQUIRED, "Tokens of the question."),
          usd("cached_input", "as input", "Tokens of the question that the provider remembered."),
          usd("output", SpecKey.REQUIRED, "Tokens of the answer."),
          usd("reasoning", "as output", "Tokens that the model thinks with."),
          SpecKey.share("batch_share", BigDecimal.ONE, "What a batch costs, as a share of these."),
          usd(
              "cache_write",
              "as input",
              "Tokens of the question that the provider writes to its cache."),
          SpecKey.of(
              "flex_share",
              SpecValue.Decimal.from(0, 1),
              "as batch_share",
              "What a flex call costs, as a share of these."),
          SpecKey.of(
              "priority_times",
              SpecValue.Decimal.from(0, 100),
              "2",
              "How many times these a priority call costs."));

  private static final String INHERITED = "as llm";

  private static final String PROVIDER =
      "Who answers: OpenAI and whatever speaks its language, Anthropic, Gemini, OpenRouter, or the"
          + " offline baseline.";

  static final SpecKey ALL =
      SpecKey.group(
          "llm",
          all(),
          "{provider: …, model: …}",
          SpecKey.REQUIRED,
          "The language model that explains, writes and rates.");

  private LlmKeys() {}

  private static SpecKeys all() {
    List<SpecKey> keys = new ArrayList<>();
    keys.add(SpecKey.choice("provider", PROVIDERS, SpecKey.REQUIRED, PROVIDER));
    keys.add(model("required; of lexical, its own name"));
    keys.addAll(asked(false));
    keys.add(SpecKey.whole("concurrency", 1, USUAL.concurrency(), "Calls under way at once."));
    keys.add(role(LlmRole.EXPLAIN, "describes features"));
    keys.add(role(LlmRole.WRITE, "writes texts"));
    keys.add(role(LlmRole.RATE, "rates texts"));
    return new SpecKeys(keys);
  }

  private static SpecKey role(LlmRole role, String does) {
    List<SpecKey> keys = new ArrayList<>();
    keys.add(SpecKey.choice("provider", PROVIDERS, INHERITED, "Who answers."));
    keys.add(model("as llm, if the provider is the same"));
    keys.addAll(asked(true));
    SpecKeys group = new SpecKeys(keys);
    return new SpecKey(
        role.label(),
        new SpecValue.Group(group, "keys as llm's: " + group, true, ""),
        INHERITED,
        "What is different of the model that %s. Another provider or endpoint inherits neither"
                .formatted(does)
            + " address, key, price nor extra, and another model no price.");
  }

  private static SpecKey model(String usual) {
    return SpecKey.text("model", "the provider's name of a model", usual, "Which model is asked.");
  }

  /** How it is asked. */
  private static List<SpecKey> asked(boolean inherited) {
    return List.of(
        SpecKey.text(
            "base_url",
            "an address such as https://HOST/v1",
            inherited ? INHERITED : "the provider's own",
            "Where an endpoint of your own is: vLLM, llama.cpp, Ollama, LM Studio, LiteLLM and"
                + " alike. On this machine it is free, unless a price is given."),
        SpecKey.text(
            "api_key_env",
            "the name of an environment variable",
            inherited
                ? INHERITED
                : "the provider's own, such as OPENAI_API_KEY; with base_url, no key",
            "The variable that holds the key, one of PIECRUST_API_KEY_NAMES. The key itself is"
                + " never written down."),
        SpecKey.choice(
            "schedule",
            SCHEDULES,
            inherited ? INHERITED : USUAL.schedule().label(),
            "When calls are answered: at once; when the provider has room (openai, gemini); or"
                + " within a day, in batches (openai, anthropic). The latter two are cheaper."),
        SpecKey.choice(
            "effort",
            EFFORTS,
            inherited ? INHERITED : "the model's own",
            "How much a model thinks before it answers, which is paid as output."),
        SpecKey.of(
            "temperature",
            SpecValue.Decimal.from(0, 2),
            inherited ? INHERITED : "the provider's own",
            "How much answers vary; left out where a model refuses it."),
        SpecKey.whole(
            "max_output_tokens",
            1,
            inherited ? INHERITED : USUAL.maxOutputTokens(),
            "Most tokens of an answer, reasoning included: the worst case that is reserved."),
        SpecKey.whole(
            "timeout_seconds",
            1,
            inherited
                ? INHERITED
                : "%d, flex %d".formatted(USUAL.timeoutSeconds(), LlmSpec.FLEX_TIMEOUT_SECONDS),
            "After which a call without an answer is given up."),
        SpecKey.of(
            "extra",
            new SpecValue.Free(ExtraPart.EXPECTED),
            inherited ? INHERITED : SpecKey.NONE,
            "More parameters of each request, in the provider's words, such as {top_k: 40}."),
        SpecKey.of(
            "price",
            new SpecValue.Group(PRICE, UNKNOWN + ", or keys: " + PRICE, false, UNKNOWN),
            inherited ? INHERITED : "the price table's",
            "What the model costs. If it is unknown, so is what is spent."));
  }

  private static SpecKey usd(String name, String usual, String purpose) {
    return SpecKey.of(
        name, SpecValue.Decimal.from(0, Price.MOST).in("USD per million tokens"), usual, purpose);
  }
}
