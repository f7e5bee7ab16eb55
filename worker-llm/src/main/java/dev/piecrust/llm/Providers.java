package dev.piecrust.llm;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.PieCrustException;
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
  private final LlmAccess access;

  /**
   * @param environment looks up an environment variable, such as one that holds a key
   * @param access what may be asked, and with which variables
   */
  public Providers(Function<String, Optional<String>> environment, LlmAccess access) {
    this.environment = environment;
    this.access = access;
  }

  /** Providers with keys from this process's environment. */
  public static Providers ofEnvironment() {
    return new Providers(
        name -> Optional.ofNullable(System.getenv(name)), LlmAccess.ofThisProcess());
  }

  /**
   * The provider of this spec.
   *
   * @throws LlmException UNAUTHORIZED where the variable that should hold its key does not, or must
   *     not, or one of proxies is not what it should be: nothing is charged for what is not asked
   */
  @Override
  public LlmProvider apply(LlmSpec llm) {
    try {
      return made.computeIfAbsent(llm, spec -> of(spec, environment, access));
    } catch (PieCrustException e) {
      String message = String.valueOf(e.getMessage());
      throw new LlmException(LlmException.Kind.UNAUTHORIZED, message, Optional.empty(), null);
    }
  }

  /** The same, made anew. */
  public static LlmProvider of(
      LlmSpec llm, Function<String, Optional<String>> environment, LlmAccess access) {
    ApiKey key = ApiKey.of(llm, environment, access);
    HttpTransport wire =
        new HttpTransport(
            Duration.ofSeconds(llm.timeoutSeconds()),
            EnvironmentProxies.ofThisProcess(),
            access,
            body -> RequestShape.of(llm, body));
    return switch (llm.provider()) {
      case LEXICAL -> new LexicalProvider();
      case OPENAI, GEMINI, OPENROUTER -> new OpenAiProvider(llm, key, wire, Clock.systemUTC());
      case ANTHROPIC -> new AnthropicProvider(llm, key, wire, Clock.systemUTC());
    };
  }
}
