package dev.piecrust.campaign;

import java.math.BigDecimal;
import java.util.List;

/** The {@code limits:} of a spec. */
final class LimitsPart {
  private static final List<String> KEYS =
      List.of("usd", "requests_per_minute", "tokens_per_minute", "failure_share");

  private LimitsPart() {}

  /**
   * Reads it.
   *
   * @param paid whether calls cost money, so that a cap must be given
   */
  static LimitsSpec read(YamlMap spec, boolean paid) {
    YamlMap map = spec.map("limits", KEYS);
    if (paid) {
      map.required("usd", "what the LLM's calls may cost in all");
    }
    return new LimitsSpec(
        map.number("usd", v -> v >= 0, "a number of 0 or more, in USD").map(BigDecimal::valueOf),
        map.whole("requests_per_minute", 1, Integer.MAX_VALUE).map(Math::toIntExact),
        map.whole("tokens_per_minute", 1, Integer.MAX_VALUE).map(Math::toIntExact),
        map.number("failure_share", v -> v >= 0 && v <= 1, "a number from 0 to 1")
            .orElse(LimitsSpec.DEFAULT_FAILURE_SHARE));
  }
}
