package dev.piecrust.campaign;

import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a campaign may cost.
 *
 * @param usd cap on what its LLM calls may cost; required where they cost anything
 * @param requestsPerMinute to the LLM's endpoint; absent for the provider's own limit
 * @param tokensPerMinute likewise
 * @param failureShare share of failed prompts or features, 0 to 1, past which the campaign stops
 * @param devices how many may work on it at once; absent for all that are free
 * @param weight its share of workers that several campaigns wait for, beside those of the others;
 *     absent for 1
 */
public record LimitsSpec(
    @FormField(value = "Cap in USD", help = "it pauses there; you can raise it")
        @Key(
            value = "What the language model's calls may cost in all.",
            in = "[0, " + LimitsSpec.MOST_USD + "]",
            unit = "USD",
            otherwise = "required where calls cost money")
        Optional<BigDecimal> usd,
    @FormField("Requests a minute")
        @Key(
            value = "Requests to the language model, over all workers.",
            in = "[1, ∞)",
            otherwise = "the provider's")
        Optional<Integer> requestsPerMinute,
    @FormField("Tokens a minute")
        @Key(value = "Tokens, likewise.", in = "[1, ∞)", otherwise = "the provider's")
        Optional<Integer> tokensPerMinute,
    @Key(
            value = "Share of failed prompts or features past which the campaign stops.",
            in = "[0, 1]",
            usual = "0.2")
        double failureShare,
    @FormField("Devices at most")
        @Key(
            value = "Devices that work on the campaign at once.",
            in = "[1, " + LimitsSpec.MOST_DEVICES + "]",
            otherwise = "all that are free")
        Optional<Integer> devices,
    @Key(
            value = "The campaign's share of workers for which others wait too, against theirs.",
            in = "[0.001, 1000]",
            otherwise = "1")
        Optional<Double> weight) {
  /** More than anybody pays, and few enough digits for the ledger. */
  public static final long MOST_USD = 1_000_000_000;

  /** More than any installation has. */
  public static final int MOST_DEVICES = 10_000;

  public LimitsSpec {
    RecordKeys.check(
        LimitsSpec.class,
        "limits",
        usd,
        requestsPerMinute,
        tokensPerMinute,
        failureShare,
        devices,
        weight);
  }

  /** On all devices that are free. */
  public LimitsSpec(
      Optional<BigDecimal> usd,
      Optional<Integer> requestsPerMinute,
      Optional<Integer> tokensPerMinute,
      double failureShare) {
    this(usd, requestsPerMinute, tokensPerMinute, failureShare, Optional.empty());
  }

  /** With the same share of workers as any other. */
  public LimitsSpec(
      Optional<BigDecimal> usd,
      Optional<Integer> requestsPerMinute,
      Optional<Integer> tokensPerMinute,
      double failureShare,
      Optional<Integer> devices) {
    this(usd, requestsPerMinute, tokensPerMinute, failureShare, devices, Optional.empty());
  }

  /** No LLM, and this share of failures. */
  public LimitsSpec(double failureShare) {
    this(Optional.empty(), Optional.empty(), Optional.empty(), failureShare);
  }

  /** These, but with another's requests and tokens a minute, devices and share of workers. */
  public LimitsSpec atRatesOf(LimitsSpec other) {
    return new LimitsSpec(
        usd,
        other.requestsPerMinute,
        other.tokensPerMinute,
        failureShare,
        other.devices,
        other.weight);
  }

  /** No LLM, and the default share of failures. */
  public static LimitsSpec defaults() {
    return RecordKeys.usual(LimitsSpec.class);
  }
}
