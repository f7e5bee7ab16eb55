package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.LlmSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What models cost: a shipped table of list prices, with the user's own merged over it. Models are
 * found by provider and name; a name's date or {@code -latest} at its end does not matter.
 */
public final class PriceTable {
  private static final String DATED = "-(latest|[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})$";

  /** OpenAI's addresses for data that stay in a region, such as eu.api.openai.com. */
  private static final String REGIONAL = "[a-z]{2}\\.api\\.openai\\.com";

  /** Who answers at an address, where its prices are not OpenAI's. */
  private static final Map<String, String> VENDORS =
      Map.of(
          "generativelanguage.googleapis.com", "gemini",
          "api.deepseek.com", "deepseek",
          "api.groq.com", "groq",
          "api.together.xyz", "together_ai",
          "openrouter.ai", "openrouter");

  private final String version;
  private final Map<String, ListedPrice> prices;

  private final ModelLife life = ModelLife.shipped();

  private PriceTable(String version, Map<String, ListedPrice> prices) {
    this.version = version;
    this.prices = Map.copyOf(prices);
  }

  /**
   * The shipped table, with this file's prices instead of or beside its own.
   *
   * @param override a JSON file of the shipped one's form, of which only {@code models} is needed;
   *     a user error where it cannot be read as one
   */
  public static PriceTable load(Optional<Path> override) {
    PriceFile shipped = PriceFile.shipped();
    Map<String, ListedPrice> prices = new LinkedHashMap<>(shipped.prices());
    String version = shipped.version();
    if (override.isPresent()) {
      PriceFile own = PriceFile.at(override.get());
      prices.putAll(own.prices());
      version += " with " + own.version();
    }
    return new PriceTable(version, prices);
  }

  /** The shipped table alone. */
  public static PriceTable shipped() {
    return load(Optional.empty());
  }

  /** Which prices these are, for reports. */
  public String version() {
    return version;
  }

  /**
   * What is to be said of a model and its price before it is used: that the model goes, that the
   * price is old.
   *
   * @param shutDown the day that its endpoint names, if it names one
   */
  public List<String> warnings(LlmSpec llm, LocalDate today, Optional<LocalDate> shutDown) {
    String provider = llm.provider().label();
    return Stream.of(
            life.warning(vendor(provider, llm.baseUrl()), llm.model(), today, shutDown),
            listed(llm).flatMap(price -> price.warning(today)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Says that a listed model is gone, or goes soon. */
  public Optional<String> shutDown(ListedPrice listed, LocalDate today) {
    return life.warning(listed.provider(), listed.model(), today, Optional.empty());
  }

  /** All of them, by provider and model. */
  public List<ListedPrice> all() {
    return prices.values().stream()
        .sorted(Comparator.comparing(ListedPrice::provider).thenComparing(ListedPrice::model))
        .toList();
  }

  /**
   * What the model costs: the spec's own price, or the table's; the offline baseline is free, and
   * so is what runs on this machine where the spec gives no price.
   *
   * @return empty where nobody knows and the spec allows that
   */
  public Optional<Price> price(LlmSpec llm) {
    return listed(llm).map(ListedPrice::price);
  }

  /**
   * The same, with its date and source.
   *
   * @return empty where nobody knows and the spec allows that
   */
  public Optional<ListedPrice> listed(LlmSpec llm) {
    String provider = llm.provider().label();
    if (llm.provider().baseline()) {
      return Optional.of(
          ListedPrice.undated(provider, llm.model(), Price.free(), "the offline baseline"));
    }
    if (llm.freeHere()) {
      return Optional.of(
          ListedPrice.undated(provider, llm.model(), Price.free(), "a model on this machine"));
    }
    Optional<ListedPrice> price =
        llm.price()
            .map(own -> ListedPrice.undated(provider, llm.model(), own, "interpret.llm.price"))
            .or(() -> find(provider, llm.model(), llm.baseUrl()));
    if (price.isEmpty() && !llm.unpriced()) {
      throw user(
          "the price of %s's model '%s' is unknown, expected it in interpret.llm.price or your"
              + " prices.json, or else interpret.llm.price: unknown",
          provider, llm.model());
    }
    return price;
  }

  /**
   * The table's price.
   *
   * @param provider such as {@code openai}
   * @param baseUrl where it is asked, which decides who is paid and whether a region's prices hold
   */
  public Optional<ListedPrice> find(String provider, String model, Optional<String> baseUrl) {
    Optional<ListedPrice> found =
        listed(vendor(provider, baseUrl), model).or(() -> listed(provider, model));
    return baseUrl.filter(url -> host(url).matches(REGIONAL)).isPresent()
        ? found.map(ListedPrice::inRegion)
        : found;
  }

  private static String vendor(String provider, Optional<String> baseUrl) {
    return baseUrl.map(url -> VENDORS.getOrDefault(host(url), provider)).orElse(provider);
  }

  /** By the names that the table uses. */
  Optional<ListedPrice> listed(String provider, String model) {
    return Optional.ofNullable(prices.get(name(provider, model)))
        .or(() -> Optional.ofNullable(prices.get(name(provider, undated(model)))));
  }

  /** A model's name without the date, or {@code -latest}, at its end. */
  static String undated(String model) {
    return model.replaceFirst(DATED, "");
  }

  private static String host(String url) {
    try {
      return String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static String name(String provider, String model) {
    return provider + "/" + model;
  }
}
