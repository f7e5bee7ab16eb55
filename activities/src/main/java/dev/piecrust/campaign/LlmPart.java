package dev.piecrust.campaign;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code llm:} of a spec. */
final class LlmPart {
  private final LlmAccess access;
  private final SpecProblems problems;

  LlmPart(LlmAccess access, SpecProblems problems) {
    this.access = access;
    this.problems = problems;
  }

  /** Reads it from the mapping that holds it; empty where something is wrong. */
  Optional<LlmSpec> read(YamlMap parent) {
    if (parent.required("llm").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = parent.map("llm");
    map.required("provider");
    Optional<LlmProviderKind> provider = LlmKeys.PROVIDERS.read(map, "provider", problems);
    Optional<String> model = provider.flatMap(kind -> model(map, kind));
    Optional<String> baseUrl = baseUrl(map);
    provider
        .filter(kind -> baseUrl.isEmpty())
        .ifPresent(kind -> checkHost(map, "provider", kind.address()));
    Optional<String> keyName = keyName(map);
    Optional<Price> price = price(map);
    return provider.flatMap(
        kind ->
            model.map(
                name ->
                    new LlmSpec(
                        kind,
                        name,
                        baseUrl,
                        keyName.or(() -> baseUrl.isPresent() ? Optional.empty() : usualKey(kind)),
                        schedule(map, kind),
                        map.number("temperature"),
                        map.whole("max_output_tokens", LlmSpec.DEFAULT_MAX_OUTPUT_TOKENS),
                        map.whole("concurrency", LlmSpec.DEFAULT_CONCURRENCY),
                        map.whole("timeout_seconds", LlmSpec.DEFAULT_TIMEOUT_SECONDS),
                        price,
                        priceIsUnknown(map))));
  }

  private static Optional<String> model(YamlMap map, LlmProviderKind provider) {
    if (provider.baseline()) {
      return Optional.of(map.text("model").filter(m -> !m.isBlank()).orElse(provider.label()));
    }
    map.required("model");
    return map.text("model").filter(name -> !name.isBlank());
  }

  private LlmSchedule schedule(YamlMap map, LlmProviderKind provider) {
    LlmSchedule schedule =
        LlmKeys.SCHEDULES.read(map, "schedule", problems).orElse(LlmSchedule.REALTIME);
    if (schedule == LlmSchedule.BATCH && provider.baseline()) {
      note(map, "schedule", "is 'batch', but lexical answers at once, expected realtime");
      return LlmSchedule.REALTIME;
    }
    return schedule;
  }

  private Optional<String> baseUrl(YamlMap map) {
    Optional<String> written = map.text("base_url");
    if (written.isPresent() && !isAddress(written.get())) {
      note(map, "base_url", "is no address, expected one such as https://HOST/v1");
      return Optional.empty();
    }
    written.ifPresent(address -> checkHost(map, "base_url", address));
    return written;
  }

  private void checkHost(YamlMap map, String key, String address) {
    if (!address.isEmpty()) {
      access.refusal(URI.create(address)).ifPresent(why -> note(map, key, why));
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** What stands there may be a key by mistake, so it is never repeated. */
  private Optional<String> keyName(YamlMap map) {
    Optional<String> written =
        map.node("api_key_env")
            .filter(ScalarNode.class::isInstance)
            .map(node -> ((ScalarNode) node).getValue());
    if (map.node("api_key_env").isPresent()
        && written.filter(name -> name.matches(LlmAccess.NAME)).isEmpty()) {
      note(
          map,
          "api_key_env",
          "is not the name of an environment variable, expected one such as OPENAI_API_KEY (never"
              + " the key itself)");
      return Optional.empty();
    }
    written.flatMap(access::keyRefusal).ifPresent(why -> note(map, "api_key_env", why));
    return written;
  }

  private static Optional<String> usualKey(LlmProviderKind provider) {
    return switch (provider) {
      case OPENAI -> Optional.of("OPENAI_API_KEY");
      case ANTHROPIC -> Optional.of("ANTHROPIC_API_KEY");
      case LEXICAL -> Optional.empty();
    };
  }

  private static boolean priceIsUnknown(YamlMap map) {
    return map.node("price")
        .filter(
            node -> node instanceof ScalarNode scalar && scalar.getValue().equals(LlmKeys.UNKNOWN))
        .isPresent();
  }

  private Optional<Price> price(YamlMap llm) {
    Optional<Node> node = llm.node("price");
    if (node.isEmpty() || priceIsUnknown(llm)) {
      return Optional.empty();
    }
    if (node.get() instanceof ScalarNode) {
      note(
          llm,
          "price",
          "is %s, expected %s".formatted(YamlMap.kind(node.get()), llm.expected("price")));
      return Optional.empty();
    }
    YamlMap map = llm.map("price");
    map.required("input");
    map.required("output");
    Optional<BigDecimal> input = usd(map, "input");
    Optional<BigDecimal> output = usd(map, "output");
    Optional<BigDecimal> cached = usd(map, "cached_input").or(() -> input);
    Optional<BigDecimal> reasoning = usd(map, "reasoning").or(() -> output);
    BigDecimal share = map.number("batch_share").map(BigDecimal::valueOf).orElse(BigDecimal.ONE);
    return input.flatMap(
        in ->
            output.map(out -> new Price(in, cached.orElse(in), out, reasoning.orElse(out), share)));
  }

  private static Optional<BigDecimal> usd(YamlMap map, String key) {
    return map.number(key).map(BigDecimal::valueOf);
  }

  private void note(YamlMap map, String key, String what) {
    map.node(key).ifPresent(node -> problems.add(node.getStartMark(), map.path(key), what));
  }
}
