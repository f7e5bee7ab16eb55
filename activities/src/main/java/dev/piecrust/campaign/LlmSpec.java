package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.failure.Bounds;
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
 * @param schedule of all calls; the baseline has no batches
 * @param temperature absent where the provider's default is to hold (some models refuse any other)
 * @param maxOutputTokens limit of one answer, 1 or more, reasoning included; the worst case that is
 *     reserved
 * @param concurrency calls in flight at once, over all features; 1 or more
 * @param timeoutSeconds after which a call without an answer is given up; 1 or more
 * @param price what it costs; absent to look it up in the price table
 * @param unpriced whether a model without a known price may be called; its cost is then unknown
 * @param effort how much it thinks; absent for the model's own way
 * @param extra more parameters of each request, in the provider's words
 * @param roles the roles that another model has, or the same in another way; those have no roles
 */
public record LlmSpec(
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
    boolean unpriced,
    Optional<LlmEffort> effort,
    Map<String, Object> extra,
    Map<LlmRole, LlmSpec> roles) {
  /** Most tokens of an answer, where a spec says nothing. */
  public static final int DEFAULT_MAX_OUTPUT_TOKENS = 2000;

  /** Calls under way at once, where a spec says nothing. */
  public static final int DEFAULT_CONCURRENCY = 16;

  /** Seconds until a call is given up, where a spec says nothing. */
  public static final int DEFAULT_TIMEOUT_SECONDS = 120;

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
    Bounds.atLeast("interpret.llm.max_output_tokens", maxOutputTokens, 1);
    Bounds.atLeast("interpret.llm.concurrency", concurrency, 1);
    Bounds.atLeast("interpret.llm.timeout_seconds", timeoutSeconds, 1);
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
    return new LlmSpec(
        provider,
        model,
        Optional.empty(),
        Optional.empty(),
        LlmSchedule.REALTIME,
        Optional.empty(),
        DEFAULT_MAX_OUTPUT_TOKENS,
        DEFAULT_CONCURRENCY,
        DEFAULT_TIMEOUT_SECONDS,
        Optional.empty(),
        false);
  }
}
