package dev.piecrust.campaign;

import dev.piecrust.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code llm:} of a spec. */
final class LlmPart {
  private static final List<String> KEYS =
      List.of(
          "provider",
          "model",
          "base_url",
          "api_key_env",
          "schedule",
          "temperature",
          "max_output_tokens",
          "concurrency",
          "timeout_seconds",
          "price");
  private static final List<String> PRICE_KEYS =
      List.of("input", "cached_input", "output", "reasoning", "batch_share");
  private static final String UNKNOWN = "unknown";
  private static final String PER_MILLION = "a number of 0 or more, in USD per million tokens";
  private static final YamlChoice<LlmProviderKind> PROVIDERS =
      new YamlChoice<>(LlmProviderKind.class, LlmProviderKind::label);
  private static final YamlChoice<LlmSchedule> SCHEDULES =
      new YamlChoice<>(LlmSchedule.class, LlmSchedule::label);

  private final SpecProblems problems;

  LlmPart(SpecProblems problems) {
    this.problems = problems;
  }

  /** Reads it from the mapping that holds it; empty where something is wrong. */
  Optional<LlmSpec> read(YamlMap parent) {
    if (parent.required("llm", "{provider: …, model: …}").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = parent.map("llm", KEYS);
    map.required("provider", "one of " + String.join(", ", PROVIDERS.names()));
    Optional<LlmProviderKind> provider = PROVIDERS.read(map, "provider", problems);
    Optional<String> model = provider.flatMap(kind -> model(map, kind));
    Optional<String> baseUrl = baseUrl(map);
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
                        map.number("temperature", v -> v >= 0 && v <= 2, "a number from 0 to 2"),
                        whole(map, "max_output_tokens", LlmSpec.DEFAULT_MAX_OUTPUT_TOKENS),
                        whole(map, "concurrency", LlmSpec.DEFAULT_CONCURRENCY),
                        whole(map, "timeout_seconds", LlmSpec.DEFAULT_TIMEOUT_SECONDS),
                        price,
                        priceIsUnknown(map))));
  }

  private static Optional<String> model(YamlMap map, LlmProviderKind provider) {
    if (provider.baseline()) {
      return Optional.of(
          map.text("model", "a name").filter(m -> !m.isBlank()).orElse(provider.label()));
    }
    map.required("model", "the provider's name of a model");
    return map.text("model", "the provider's name of a model").filter(name -> !name.isBlank());
  }

  private LlmSchedule schedule(YamlMap map, LlmProviderKind provider) {
    LlmSchedule schedule = SCHEDULES.read(map, "schedule", problems).orElse(LlmSchedule.REALTIME);
    if (schedule == LlmSchedule.BATCH && provider.baseline()) {
      note(map, "schedule", "is 'batch', but lexical answers at once, expected realtime");
      return LlmSchedule.REALTIME;
    }
    return schedule;
  }

  private Optional<String> baseUrl(YamlMap map) {
    Optional<String> written = map.text("base_url", "an address such as https://HOST/v1");
    if (written.isPresent() && !isAddress(written.get())) {
      note(map, "base_url", "is no address, expected one such as https://HOST/v1");
      return Optional.empty();
    }
    return written;
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
        && written.filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")).isEmpty()) {
      note(
          map,
          "api_key_env",
          "is not the name of an environment variable, expected one such as OPENAI_API_KEY (never"
              + " the key itself)");
      return Optional.empty();
    }
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
        .filter(node -> node instanceof ScalarNode scalar && scalar.getValue().equals(UNKNOWN))
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
          "is %s, expected unknown, or keys: %s"
              .formatted(YamlMap.kind(node.get()), String.join(", ", PRICE_KEYS)));
      return Optional.empty();
    }
    YamlMap map = llm.map("price", PRICE_KEYS);
    map.required("input", PER_MILLION);
    map.required("output", PER_MILLION);
    Optional<BigDecimal> input = usd(map, "input");
    Optional<BigDecimal> output = usd(map, "output");
    Optional<BigDecimal> cached = usd(map, "cached_input").or(() -> input);
    Optional<BigDecimal> reasoning = usd(map, "reasoning").or(() -> output);
    BigDecimal share =
        map.number("batch_share", v -> v >= 0 && v <= 1, "a number from 0 to 1")
            .map(BigDecimal::valueOf)
            .orElse(BigDecimal.ONE);
    return input.flatMap(
        in ->
            output.map(out -> new Price(in, cached.orElse(in), out, reasoning.orElse(out), share)));
  }

  private static Optional<BigDecimal> usd(YamlMap map, String key) {
    return map.number(key, v -> v >= 0, PER_MILLION).map(BigDecimal::valueOf);
  }

  private static int whole(YamlMap map, String key, int usual) {
    return map.whole(key, 1, Integer.MAX_VALUE).map(Math::toIntExact).orElse(usual);
  }

  private void note(YamlMap map, String key, String what) {
    map.node(key).ifPresent(node -> problems.add(node.getStartMark(), map.path(key), what));
  }
}
