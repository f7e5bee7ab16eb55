package dev.piecrust.spec;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.Price;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code llm:} of a spec. */
record LlmPart(RecordReader reader, LlmAccess access) {
  /** Reads it from the mapping that holds it; empty where something is wrong. */
  Optional<LlmSpec> read(YamlMap parent) {
    if (parent.required("llm").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = parent.map("llm");
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
    Values<LlmSpec> values =
        reader.read(LlmSpec.class, map, "model", "baseUrl", "apiKeyEnv", "price", "extra");
    Optional<LlmProviderKind> provider =
        values.get("provider", LlmProviderKind.class).or(() -> base.map(LlmSpec::provider));
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
    values.set("model", model);
    values.set("baseUrl", (Object) baseUrl);
    values.set(
        "apiKeyEnv",
        (Object)
            keyName(map)
                .or(() -> sameEndpoint.flatMap(LlmSpec::apiKeyEnv))
                .or(() -> baseUrl.isPresent() ? Optional.empty() : kind.keyName()));
    boolean unknown = values.get("unpriced", Boolean.class).orElse(false);
    boolean priced = map.node("price").isPresent();
    values.set(
        "price",
        (Object)
            price(map, unknown)
                .or(() -> priced ? Optional.empty() : sameModel.flatMap(LlmSpec::price)));
    if (!priced) {
      values.set("unpriced", sameModel.filter(LlmSpec::unpriced).isPresent());
    }
    LlmSchedule schedule = schedule(map, kind, values.get("schedule", LlmSchedule.class), base);
    values.set("schedule", schedule);
    if (map.node("timeout_seconds").isEmpty()) {
      values.set("timeoutSeconds", timeout(schedule, base));
    }
    values.set(
        "extra",
        map.node("extra").isPresent()
            ? new ExtraPart(reader.problems()).read(map)
            : sameEndpoint.map(LlmSpec::extra).orElse(Map.of()));
    values.set("roles", Map.of());
    if (model.isEmpty()) {
      return Optional.empty();
    }
    base.ifPresent(values::inherit);
    return values.make();
  }

  /** Another schedule has a time of its own. */
  private static int timeout(LlmSchedule schedule, Optional<LlmSpec> base) {
    return base.filter(llm -> llm.schedule() == schedule)
        .map(LlmSpec::timeoutSeconds)
        .orElse(
            schedule == LlmSchedule.FLEX
                ? LlmSpec.FLEX_TIMEOUT_SECONDS
                : LlmSpec.lexical().timeoutSeconds());
  }

  private Optional<String> model(YamlMap map, LlmProviderKind provider, Optional<LlmSpec> base) {
    Optional<String> written = map.text("model");
    if (written.filter(String::isBlank).isPresent()) {
      map.note("model", "is empty, expected " + map.expected("model"));
      return Optional.empty();
    }
    Optional<String> usual =
        provider.baseline() ? Optional.of(provider.label()) : base.map(LlmSpec::model);
    if (written.isEmpty() && usual.isEmpty()) {
      map.required("model");
    }
    return written.or(() -> usual);
  }

  private static LlmSchedule schedule(
      YamlMap map,
      LlmProviderKind provider,
      Optional<LlmSchedule> written,
      Optional<LlmSpec> base) {
    if (written.filter(schedule -> !provider.offers(schedule)).isPresent()) {
      map.note(
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
      map.note("base_url", "is no address, expected one such as https://HOST/v1, without a user");
      return Optional.empty();
    }
    written.ifPresent(address -> checkHost(map, "base_url", address));
    return written;
  }

  private void checkHost(YamlMap map, String key, String address) {
    if (!address.isEmpty()) {
      access.refusal(URI.create(address)).ifPresent(why -> map.note(key, why));
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
      map.note(
          "api_key_env",
          "is not the name of an environment variable, expected one such as OPENAI_API_KEY (never"
              + " the key itself)");
      return Optional.empty();
    }
    written.flatMap(access::keyRefusal).ifPresent(why -> map.note("api_key_env", why));
    return written;
  }

  private Optional<Price> price(YamlMap llm, boolean unknown) {
    if (llm.node("price").filter(ScalarNode.class::isInstance).isPresent()) {
      if (!unknown) {
        llm.note(
            "price",
            "is %s, expected %s"
                .formatted(YamlMap.kind(llm.node("price").get()), llm.expected("price")));
      }
      return Optional.empty();
    }
    return llm.node("price").flatMap(node -> reader.read(Price.class, llm.map("price")).make());
  }
}
