package dev.piecrust.spec;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmEffort;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
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
    Optional<LlmSpec> base = read(map, Optional.empty());
    Map<LlmRole, LlmSpec> roles = new EnumMap<>(LlmRole.class);
    for (LlmRole role : LlmRole.values()) {
      if (map.node(role.label()).isPresent() && base.isPresent()) {
        read(map.map(role.label()), base).ifPresent(llm -> roles.put(role, llm));
      }
    }
    return base.map(llm -> llm.with(roles));
  }

  /**
   * @param base what is inherited; but a key, a price and parameters belong to whom they are for,
   *     and go to no other endpoint or model
   */
  private Optional<LlmSpec> read(YamlMap map, Optional<LlmSpec> base) {
    Optional<LlmProviderKind> provider =
        LlmKeys.PROVIDERS.read(map, "provider", problems).or(() -> base.map(LlmSpec::provider));
    if (provider.isEmpty()) {
      return Optional.empty();
    }
    LlmProviderKind kind = provider.get();
    Optional<LlmSpec> sameProvider = base.filter(llm -> llm.provider() == kind);
    Optional<String> baseUrl = baseUrl(map).or(() -> sameProvider.flatMap(LlmSpec::baseUrl));
    if (baseUrl.isEmpty()) {
      checkHost(map, "provider", kind.address());
    }
    Optional<LlmSpec> sameEndpoint = sameProvider.filter(llm -> llm.baseUrl().equals(baseUrl));
    Optional<String> model = model(map, kind, sameProvider);
    Optional<LlmSpec> sameModel =
        sameEndpoint.filter(llm -> model.filter(llm.model()::equals).isPresent());
    Optional<String> keyName =
        keyName(map)
            .or(() -> sameEndpoint.flatMap(LlmSpec::apiKeyEnv))
            .or(() -> baseUrl.isPresent() ? Optional.empty() : kind.keyName());
    boolean priced = map.node("price").isPresent();
    Optional<Price> price =
        price(map).or(() -> priced ? Optional.empty() : sameModel.flatMap(LlmSpec::price));
    boolean unpriced =
        priced ? priceIsUnknown(map) : sameModel.filter(LlmSpec::unpriced).isPresent();
    LlmSchedule schedule = schedule(map, kind, base);
    Optional<LlmEffort> effort =
        LlmKeys.EFFORTS.read(map, "effort", problems).or(() -> base.flatMap(LlmSpec::effort));
    Map<String, Object> extra =
        map.node("extra").isPresent()
            ? new ExtraPart(problems).read(map)
            : sameEndpoint.map(LlmSpec::extra).orElse(Map.of());
    return model.map(
        name ->
            new LlmSpec(
                kind,
                name,
                baseUrl,
                keyName,
                schedule,
                map.number("temperature").or(() -> base.flatMap(LlmSpec::temperature)),
                map.whole(
                    "max_output_tokens",
                    base.map(LlmSpec::maxOutputTokens).orElse(LlmSpec.DEFAULT_MAX_OUTPUT_TOKENS)),
                base.map(LlmSpec::concurrency)
                    .orElseGet(() -> map.whole("concurrency", LlmSpec.DEFAULT_CONCURRENCY)),
                map.whole("timeout_seconds", timeout(schedule, base)),
                price,
                unpriced,
                effort,
                extra,
                Map.of()));
  }

  /** Another schedule has a time of its own. */
  private static int timeout(LlmSchedule schedule, Optional<LlmSpec> base) {
    return base.filter(llm -> llm.schedule() == schedule)
        .map(LlmSpec::timeoutSeconds)
        .orElse(
            schedule == LlmSchedule.FLEX
                ? LlmSpec.FLEX_TIMEOUT_SECONDS
                : LlmSpec.DEFAULT_TIMEOUT_SECONDS);
  }

  private Optional<String> model(YamlMap map, LlmProviderKind provider, Optional<LlmSpec> base) {
    Optional<String> written = map.text("model");
    if (written.filter(String::isBlank).isPresent()) {
      note(map, "model", "is empty, expected " + map.expected("model"));
      return Optional.empty();
    }
    Optional<String> usual =
        provider.baseline() ? Optional.of(provider.label()) : base.map(LlmSpec::model);
    if (written.isEmpty() && usual.isEmpty()) {
      map.required("model");
    }
    return written.or(() -> usual);
  }

  private LlmSchedule schedule(YamlMap map, LlmProviderKind provider, Optional<LlmSpec> base) {
    Optional<LlmSchedule> written = LlmKeys.SCHEDULES.read(map, "schedule", problems);
    if (written.filter(schedule -> !provider.offers(schedule)).isPresent()) {
      note(
          map,
          "schedule",
          "is '%s', but %s, expected realtime"
              .formatted(
                  written.get().label(),
                  provider.baseline()
                      ? "lexical answers at once"
                      : provider.label() + " has none here"));
      return LlmSchedule.REALTIME;
    }
    return written
        .or(() -> base.map(LlmSpec::schedule).filter(provider::offers))
        .orElse(LlmSchedule.REALTIME);
  }

  private Optional<String> baseUrl(YamlMap map) {
    Optional<String> written = map.text("base_url");
    if (written.isPresent() && !isAddress(written.get())) {
      note(map, "base_url", "is no address, expected one such as https://HOST/v1, without a user");
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
    Optional<BigDecimal> cached = usd(map, "cached_input");
    Optional<BigDecimal> reasoning = usd(map, "reasoning");
    Optional<BigDecimal> written = usd(map, "cache_write");
    BigDecimal share = usd(map, "batch_share").orElse(BigDecimal.ONE);
    Optional<BigDecimal> flex = usd(map, "flex_share");
    Optional<BigDecimal> priority = usd(map, "priority_times");
    if (input.isEmpty() || output.isEmpty()) {
      return Optional.empty();
    }
    Price usual =
        new Price(
            input.get(),
            cached.or(() -> input).get(),
            output.get(),
            reasoning.or(() -> output).get(),
            share);
    return Optional.of(
        new Price(
            usual.input(),
            usual.cachedInput(),
            usual.output(),
            usual.reasoning(),
            usual.batchShare(),
            written.orElse(usual.cacheWrite()),
            flex.orElse(usual.flexShare()),
            priority.orElse(usual.priorityTimes()),
            usual.longContext()));
  }

  private static Optional<BigDecimal> usd(YamlMap map, String key) {
    return map.number(key).map(BigDecimal::valueOf);
  }

  private void note(YamlMap map, String key, String what) {
    map.node(key).ifPresent(node -> problems.add(node.getStartMark(), map.path(key), what));
  }
}
