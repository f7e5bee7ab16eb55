package dev.piecrust.spec;

import dev.piecrust.campaign.LimitsSpec;
import java.math.BigDecimal;

/** The {@code limits:} of a spec. */
final class LimitsPart {
  static final SpecKey ALL =
      SpecKey.group(
          "limits",
          "What the campaign may cost, and how fast it may ask.",
          SpecKey.of(
              "usd",
              SpecValue.Decimal.from(0, LimitsSpec.MOST_USD).in("USD"),
              "required where calls cost money",
              "What the language model's calls may cost in all."),
          SpecKey.whole(
              "requests_per_minute",
              1,
              "the provider's",
              "Requests to the language model, over all workers."),
          SpecKey.whole("tokens_per_minute", 1, "the provider's", "Tokens, likewise."),
          SpecKey.share(
              "failure_share",
              LimitsSpec.DEFAULT_FAILURE_SHARE,
              "Share of failed prompts or features past which the campaign stops."));

  private LimitsPart() {}

  /**
   * Reads it.
   *
   * @param paid whether calls cost money, so that a cap must be given
   */
  static LimitsSpec read(YamlMap spec, boolean paid) {
    YamlMap map = spec.map("limits");
    if (paid) {
      map.required("usd", "what the LLM's calls may cost in all");
    }
    return new LimitsSpec(
        map.number("usd").map(BigDecimal::valueOf),
        map.whole("requests_per_minute").map(Math::toIntExact),
        map.whole("tokens_per_minute").map(Math::toIntExact),
        map.number("failure_share").orElse(LimitsSpec.DEFAULT_FAILURE_SHARE));
  }
}
