package dev.piecrust.address;

import static dev.piecrust.failure.PieCrustException.user;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which endpoints of language models this process may ask, and which variables of its environment
 * may hold a key for them. Whoever may write a spec chooses the endpoint, which must be told no
 * other secret, and must not be a door into what only this machine reaches.
 *
 * @param keyNames variables that may hold a key
 * @param hosts the only ones that may be asked; empty for all
 * @param shared whether others than this machine's user may write specs
 */
public record LlmAccess(List<String> keyNames, List<HostRule> hosts, boolean shared) {
  /** Variables that may hold a key, with commas between; not set means {@link #USUAL_KEYS}. */
  public static final String KEY_NAMES = "PIECRUST_API_KEY_NAMES";

  /** Hosts that may be asked, with commas between; not set means all but this machine's own. */
  public static final String HOSTS = "PIECRUST_LLM_HOSTS";

  /** The names under which providers, and programs that stand before them, document their keys. */
  public static final List<String> USUAL_KEYS =
      List.of(
          "OPENAI_API_KEY",
          "ANTHROPIC_API_KEY",
          "GEMINI_API_KEY",
          "OPENROUTER_API_KEY",
          "GOOGLE_API_KEY",
          "AZURE_OPENAI_API_KEY",
          "MISTRAL_API_KEY",
          "DEEPSEEK_API_KEY",
          "GROQ_API_KEY",
          "TOGETHER_API_KEY",
          "FIREWORKS_API_KEY",
          "XAI_API_KEY",
          "CEREBRAS_API_KEY",
          "COHERE_API_KEY",
          "DASHSCOPE_API_KEY",
          "NVIDIA_API_KEY",
          "LITELLM_API_KEY",
          "VLLM_API_KEY");

  /** What the name of a variable may be. */
  public static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,63}";

  public LlmAccess {
    keyNames = List.copyOf(keyNames);
    hosts = List.copyOf(hosts);
  }

  /** What this process's environment allows. */
  public static LlmAccess ofThisProcess() {
    return of(System.getenv());
  }

  /** What an environment allows; a user error where a variable is not what it should be. */
  public static LlmAccess of(Map<String, String> environment) {
    List<String> names = items(environment, KEY_NAMES);
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).matches(NAME)) { // which may be a key by mistake, so it is not repeated
        throw user(
            "%s: item %d is no name of a variable, expected names with commas between, such as %s",
            KEY_NAMES, i + 1, USUAL_KEYS.get(0));
      }
    }
    return new LlmAccess(
        names.isEmpty() ? USUAL_KEYS : names,
        items(environment, HOSTS).stream().map(item -> HostRule.of(HOSTS, item)).toList(),
        SharedUse.of(environment));
  }

  private static List<String> items(Map<String, String> environment, String variable) {
    return Arrays.stream(environment.getOrDefault(variable, "").split("[,\\s]+"))
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /**
   * Why no key may be read from this variable, as the end of a sentence. What stands there may be a
   * key by mistake, so it is not repeated.
   */
  public Optional<String> keyRefusal(String variable) {
    return keyNames.contains(variable)
        ? Optional.empty()
        : Optional.of(
            "is not a variable that may hold a language model's key, expected one of %s (%s names others)"
                .formatted(String.join(", ", keyNames), KEY_NAMES));
  }

  /** Why this address may not be asked, by what is written of it, as the end of a sentence. */
  public Optional<String> refusal(URI endpoint) {
    String host = host(endpoint);
    if (IpLiterals.odd(host)) {
      return Optional.of(
          "has the host %s, expected a name, or an address such as 10.0.0.5".formatted(host));
    }
    if (!hosts.isEmpty() && hosts.stream().noneMatch(rule -> rule.test(endpoint))) {
      return Optional.of(
          "has the host %s, expected one that %s allows: %s"
              .formatted(
                  host, HOSTS, String.join(", ", hosts.stream().map(HostRule::toString).toList())));
    }
    boolean listed = hosts.stream().anyMatch(rule -> rule.names(endpoint));
    return refusal(Reach.named(host), listed, listed)
        .map(why -> "has the host %s, which is %s".formatted(host, why));
  }

  /**
   * Why this address may not be asked, by where its name leads at this moment. The JVM keeps a
   * name's addresses for half a minute, so that who connects next is led to the same.
   *
   * @return empty, too, where nobody knows the name: a proxy may
   */
  public Optional<String> refusalNow(URI endpoint) {
    Optional<String> written = refusal(endpoint);
    return written.isPresent() ? written : refusal(endpoint, addresses(host(endpoint)));
  }

  Optional<String> refusal(URI endpoint, List<InetAddress> addresses) {
    String host = host(endpoint);
    boolean listed = hosts.stream().anyMatch(rule -> rule.names(endpoint));
    boolean itself = listed && IpLiterals.read(host).isPresent();
    for (InetAddress address : addresses) {
      Optional<String> why = refusal(Reach.of(address), listed, itself);
      if (why.isPresent()) {
        return why.map(
            words ->
                "has the host %s, which leads to %s, %s"
                    .formatted(host, address.getHostAddress(), words));
      }
    }
    return Optional.empty();
  }

  /**
   * @param here whether this machine itself is allowed by name
   * @param cloud whether a cloud's address is, which no name of another may lead to
   */
  private Optional<String> refusal(Reach reach, boolean here, boolean cloud) {
    return switch (reach) {
      case ELSEWHERE -> Optional.empty();
      case HERE ->
          shared && !here
              ? Optional.of(
                  "the server itself, expected another machine, or one that %s allows by name"
                      .formatted(HOSTS))
              : Optional.empty();
      case CLOUD ->
          cloud
              ? Optional.empty()
              : Optional.of(
                  "a link-local address or a cloud's own, expected the address of a language"
                      + " model");
    };
  }

  /** Whether an address is this machine's own, by what is written of it. */
  public static boolean isHere(URI endpoint) {
    return Reach.named(host(endpoint)) == Reach.HERE;
  }

  private static List<InetAddress> addresses(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /** A host that is no proper one stays what is written, so that it can be refused. */
  private static String host(URI endpoint) {
    String authority = Optional.ofNullable(endpoint.getRawAuthority()).orElse("");
    return Optional.ofNullable(endpoint.getHost())
        .orElseGet(() -> authority.replaceFirst(":\\d*$", ""))
        .toLowerCase(Locale.ROOT);
  }
}
