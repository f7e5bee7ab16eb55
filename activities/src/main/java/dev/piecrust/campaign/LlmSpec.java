package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import dev.piecrust.price.Price;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which language model is asked, and how.
 *
 * @param model the provider's name of it, not blank; {@code lexical} for the baseline
 * @param baseUrl where an OpenAI-compatible endpoint is, up to and including its {@code /v1};
 *     absent for the provider's own
 * @param apiKeyEnv name of the environment variable that holds the key; absent for none
 * @param temperature absent where the provider's default is to hold (some models refuse any other)
 * @param price what it costs; absent to look it up in the price table
 * @param unpriced whether a model without a known price may be called; its cost is then unknown
 * @param effort how much it thinks; absent for the model's own way
 * @param roles the roles that another model has, or the same in another way; those have no roles
 */
public record LlmSpec(
    @FormField(
            value = "Language model",
            help = "lexical is the offline baseline, free; openai, also what speaks its language")
        @Key(
            value =
                "Who answers: OpenAI and whatever speaks its language, Anthropic, Gemini,"
                    + " OpenRouter, or the offline baseline.",
            required = true)
        LlmProviderKind provider,
    @FormField(value = "Model", help = "such as gpt-6-luna")
        @FormField(
            value = "Model that writes texts",
            help = "only where it is another",
            of = "write")
        @FormField(value = "Model that rates texts", help = "only where it is another", of = "rate")
        @Key(
            value = "Which model is asked.",
            expected = "the provider's name of a model",
            otherwise = "required; of lexical, its own name")
        String model,
    @FormField(value = "Address", help = "only where it is not the provider's own")
        @Key(
            value =
                "Where an endpoint of your own is: vLLM, llama.cpp, Ollama, LM Studio, LiteLLM and"
                    + " alike. On this machine it is free, unless a price is given.",
            expected = "an address such as https://HOST/v1",
            otherwise = "the provider's own")
        Optional<String> baseUrl,
    @FormField(value = "Key", help = "name of the variable that holds it")
        @Key(
            value =
                "The variable that holds the key, one of PIECRUST_API_KEY_NAMES. The key itself is"
                    + " never written down.",
            expected = "the name of an environment variable",
            otherwise = "the provider's own, such as OPENAI_API_KEY; with base_url, no key")
        Optional<String> apiKeyEnv,
    @FormField(
            value = "Answered",
            help = "at once; when there is room (flex) or within a day (batch), which is cheaper")
        @Key(
            value =
                "When calls are answered: at once; when the provider has room (openai, gemini); or"
                    + " within a day, in batches (openai, anthropic). The latter two are cheaper.",
            usual = "realtime")
        LlmSchedule schedule,
    @Key(
            value = "How much answers vary; left out where a model refuses it.",
            in = "[0, 2]",
            otherwise = "the provider's own")
        Optional<Double> temperature,
    @Key(
            value =
                "Most tokens of an answer, reasoning included: the worst case that is reserved.",
            in = "[1, ∞)",
            usual = "2000")
        int maxOutputTokens,
    @Key(
            value = "Calls under way at once, over all features and roles.",
            in = "[1, ∞)",
            usual = "16",
            common = true)
        int concurrency,
    @Key(
            value = "After which a call without an answer is given up.",
            in = "[1, ∞)",
            usual = "120",
            otherwise = "120, flex " + LlmSpec.FLEX_TIMEOUT_SECONDS)
        int timeoutSeconds,
    @Key(
            value = "What the model costs. If it is unknown, so is what is spent.",
            otherwise = "the price table's")
        Optional<Price> price,
    @Key(value = "Whether the price is unknown.", name = "price", word = "unknown")
        boolean unpriced,
    @FormField(value = "Effort")
        @Key(
            value = "How much a model thinks before it answers, which is paid as output.",
            otherwise = "the model's own")
        Optional<LlmEffort> effort,
    @Key(
            value =
                "More parameters of each request, in the provider's words, such as {top_k: 40}.",
            expected = "parameters and their values, other than what the program sends itself")
        Map<String, Object> extra,
    @Key(
            value =
                "What is different of the model of the role %s. Another provider or endpoint"
                    + " inherits neither address, key, price nor extra, and another model no"
                    + " price.",
            as = "llm")
        Map<LlmRole, LlmSpec> roles) {
  /** What providers advise for flex calls, which wait for room. */
  public static final int FLEX_TIMEOUT_SECONDS = 900;

  /** What an older program wrote says nothing of the last three. */
  @JsonCreator
  public LlmSpec {
    effort = requireNonNullElse(effort, Optional.empty());
    extra = requireNonNullElse(extra, Map.of());
    extra = Collections.unmodifiableMap(new TreeMap<>(extra));
    roles = requireNonNullElse(roles, Map.of());
    roles = Collections.unmodifiableMap(new TreeMap<>(roles));
    if (model.isBlank()) {
      throw user("interpret.llm.model is empty, expected the provider's name of a model");
    }
    RecordKeys.check(
        LlmSpec.class,
        "interpret.llm",
        provider,
        model,
        baseUrl,
        apiKeyEnv,
        schedule,
        temperature,
        maxOutputTokens,
        concurrency,
        timeoutSeconds,
        price,
        unpriced,
        effort,
        extra,
        roles);
    if (!provider.offers(schedule)) {
      throw user(
          "interpret.llm.schedule is %s, which %s does not have, expected realtime",
          schedule.label(), provider.label());
    }
  }

  /** One model for all roles, asked in its own way. */
  public LlmSpec(
      LlmProviderKind provider,
      String model,
      Optional<String> baseUrl,
      Optional<String> apiKeyEnv,
      LlmSchedule schedule,
      Optional<Double> temperature,
      int maxOutputTokens,
      int concurrency,
      int timeoutSeconds,
      Optional<Price> price,
      boolean unpriced) {
    this(
        provider,
        model,
        baseUrl,
        apiKeyEnv,
        schedule,
        temperature,
        maxOutputTokens,
        concurrency,
        timeoutSeconds,
        price,
        unpriced,
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  /** The model of a role, which has no roles itself. */
  public LlmSpec of(LlmRole role) {
    LlmSpec own = roles.get(role);
    return own == null ? with(Map.of()) : own;
  }

  /** The different models that are asked, by the order of the roles. */
  public List<LlmSpec> all() {
    return Arrays.stream(LlmRole.values()).map(this::of).distinct().toList();
  }

  /** Whether every role is the offline baseline's. */
  public boolean baseline() {
    return all().stream().allMatch(llm -> llm.provider().baseline());
  }

  /** Whether no call of any role costs money, so that no cap is needed. */
  public boolean free() {
    return all().stream().allMatch(LlmSpec::freeItself);
  }

  private boolean freeItself() {
    return provider.baseline() || freeHere() || price.filter(LlmSpec::isNothing).isPresent();
  }

  private static boolean isNothing(Price price) {
    return Stream.of(price.input(), price.cachedInput(), price.output(), price.reasoning())
        .allMatch(part -> part.signum() == 0);
  }

  /** Whether it runs on this machine, and nobody says that it has a price. */
  public boolean freeHere() {
    return price.isEmpty()
        && !unpriced
        && baseUrl.filter(url -> LlmAccess.isHere(URI.create(url))).isPresent();
  }

  /** The same with other models for these roles. */
  public LlmSpec with(Map<LlmRole, LlmSpec> others) {
    return with(schedule, others);
  }

  /** The same model for a question whose answer is wanted at once. */
  public LlmSpec atOnce() {
    return with(LlmSchedule.REALTIME, Map.of());
  }

  private LlmSpec with(LlmSchedule other, Map<LlmRole, LlmSpec> others) {
    return new LlmSpec(
        provider,
        model,
        baseUrl,
        apiKeyEnv,
        other,
        temperature,
        maxOutputTokens,
        concurrency,
        timeoutSeconds,
        price,
        unpriced,
        effort,
        extra,
        others);
  }

  /** Where it is asked, up to and including its {@code /v1}; empty for the baseline. */
  public String address() {
    return baseUrl.orElse(provider.address());
  }

  /** The offline baseline. */
  public static LlmSpec lexical() {
    return of(LlmProviderKind.LEXICAL, "lexical");
  }

  /** A model of a provider, with the defaults. */
  public static LlmSpec of(LlmProviderKind provider, String model) {
    return RecordKeys.make(LlmSpec.class, Map.of("provider", provider, "model", model))
        .orElseThrow();
  }
}
