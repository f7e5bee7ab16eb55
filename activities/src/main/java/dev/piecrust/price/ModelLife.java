package dev.piecrust.price;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long models live: the days on which providers have said that they shut one down. */
public final class ModelLife {
  /** A campaign of some weeks, and the time to write another, fit before a day so far off. */
  static final int SOON_DAYS = 60;

  private final Map<String, ShutDown> known;

  private ModelLife(Map<String, ShutDown> known) {
    this.known = Map.copyOf(known);
  }

  private record ShutDown(LocalDate on, Optional<String> replacement) {}

  /** The table that ships with the program. */
  public static ModelLife shipped() {
    Map<String, ShutDown> known = new HashMap<>();
    PriceFile.shippedTree()
        .path("shut_down")
        .properties()
        .forEach(
            provider ->
                provider
                    .getValue()
                    .properties()
                    .forEach(
                        model ->
                            known.put(
                                PriceTable.name(provider.getKey(), model.getKey()),
                                shutDown(model.getValue()))));
    return new ModelLife(known);
  }

  private static ShutDown shutDown(JsonNode node) {
    return new ShutDown(
        LocalDate.parse(node.path("on").asText()),
        Optional.of(node.path("use").asText()).filter(name -> !name.isEmpty()));
  }

  /**
   * Says that a model is gone, or goes within 60 days.
   *
   * @param provider such as {@code openai}
   * @param fromEndpoint the day that its endpoint names, which counts more than the table's
   */
  public Optional<String> warning(
      String provider, String model, LocalDate today, Optional<LocalDate> fromEndpoint) {
    Optional<ShutDown> listed =
        Optional.ofNullable(known.get(PriceTable.name(provider, model)))
            .or(
                () ->
                    Optional.ofNullable(
                        known.get(PriceTable.name(provider, PriceTable.undated(model)))));
    return fromEndpoint
        .or(() -> listed.map(ShutDown::on))
        .filter(day -> !day.isAfter(today.plusDays(SOON_DAYS)))
        .map(
            day ->
                "%s's %s %s on %s%s"
                    .formatted(
                        provider,
                        model,
                        day.isAfter(today) ? "will be shut down" : "was shut down",
                        day,
                        listed
                            .flatMap(ShutDown::replacement)
                            .map("; the provider names %s as its replacement"::formatted)
                            .orElse("; choose another model")));
  }
}
