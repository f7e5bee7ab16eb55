package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.LlmSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What models cost: a shipped table of list prices, with the user's own merged over it. Models are
 * found by provider and name; a name's date or {@code -latest} at its end does not matter.
 */
public final class PriceTable {
  private static final String DATED = "-(latest|[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})$";

  private final String version;
  private final Map<String, Price> prices;

  private PriceTable(String version, Map<String, Price> prices) {
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
    Map<String, Price> prices = new LinkedHashMap<>(shipped.prices());
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
   * What the model costs: the spec's own price, or the table's; the offline baseline is free, and
   * so is what runs on this machine where the spec gives no price.
   *
   * @return empty where nobody knows and the spec allows that
   */
  public Optional<Price> price(LlmSpec llm) {
    if (llm.provider().baseline() || llm.freeHere()) {
      return Optional.of(Price.free());
    }
    Optional<Price> price = llm.price().or(() -> find(llm.provider().label(), llm.model()));
    if (price.isEmpty() && !llm.unpriced()) {
      throw user(
          "the price of %s's model '%s' is unknown; give interpret.llm.price, add it to your"
              + " prices.json, or set interpret.llm.price: unknown",
          llm.provider().label(), llm.model());
    }
    return price;
  }

  private Optional<Price> find(String provider, String model) {
    return Optional.ofNullable(prices.get(name(provider, model)))
        .or(() -> Optional.ofNullable(prices.get(name(provider, model.replaceFirst(DATED, "")))));
  }

  static String name(String provider, String model) {
    return provider + "/" + model;
  }
}
