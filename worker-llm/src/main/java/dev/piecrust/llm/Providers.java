package dev.piecrust.llm;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.lexical.LexicalProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes the provider that a spec asks for, and remembers it: it learns how to talk to its end. */
public final class Providers implements Function<LlmSpec, LlmProvider> {
  private final Map<LlmSpec, LlmProvider> made = new ConcurrentHashMap<>();
  private final Function<String, Optional<String>> environment;

  /**
   * @param environment looks up an environment variable, such as one that holds a key
   */
  public Providers(Function<String, Optional<String>> environment) {
    this.environment = environment;
  }

  /** Providers with keys from this process's environment. */
  public static Providers ofEnvironment() {
    return new Providers(name -> Optional.ofNullable(System.getenv(name)));
  }

  /**
   * The provider of this spec.
   *
   * @throws dev.piecrust.failure.PieCrustException USER where the variable that should hold its key
   *     does not, or one of proxies is not what it should be
   */
  @Override
  public LlmProvider apply(LlmSpec llm) {
    return made.computeIfAbsent(llm, spec -> of(spec, environment));
  }

  /** The same, made anew. */
  public static LlmProvider of(LlmSpec llm, Function<String, Optional<String>> environment) {
    return switch (llm.provider()) {
      case LEXICAL -> new LexicalProvider();
      case OPENAI ->
          new OpenAiProvider(llm, ApiKey.of(llm, environment), wire(llm), Clock.systemUTC());
      case ANTHROPIC ->
          new AnthropicProvider(llm, ApiKey.of(llm, environment), wire(llm), Clock.systemUTC());
    };
  }

  private static Wire wire(LlmSpec llm) {
    return new Wire(Duration.ofSeconds(llm.timeoutSeconds()), EnvironmentProxies.ofThisProcess());
  }
}
