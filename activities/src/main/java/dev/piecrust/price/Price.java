package dev.piecrust.price;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.piecrust.failure.Bounds;
import dev.piecrust.key.Key;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model's tokens cost, in USD per million; no price is negative.
 *
 * @param input prompt tokens
 * @param cachedInput prompt tokens that the provider had cached
 * @param output tokens of the answer
 * @param reasoning hidden tokens before the answer, where the provider reports them
 * @param batchShare what share of these prices a call in a batch costs, 0 to 1
 * @param cacheWrite prompt tokens that the provider wrote to its cache; as input where it is not
 *     said
 * @param flexShare what share of these prices a flex call costs, 0 to 1; as a batch where it is not
 *     said
 * @param priorityTimes how many times these prices a priority call costs; 2 where it is not said
 * @param longContext other prices for long prompts
 */
public record Price(
    @Key(
            value = "Tokens of the question.",
            in = "[0, " + Price.MOST + "]",
            unit = "USD per million tokens",
            required = true)
        BigDecimal input,
    @Key(
            value = "Tokens of the question that the provider remembered.",
            in = "[0, " + Price.MOST + "]",
            unit = "USD per million tokens",
            as = "input")
        BigDecimal cachedInput,
    @Key(
            value = "Tokens of the answer.",
            in = "[0, " + Price.MOST + "]",
            unit = "USD per million tokens",
            required = true)
        BigDecimal output,
    @Key(
            value = "Tokens that the model thinks with.",
            in = "[0, " + Price.MOST + "]",
            unit = "USD per million tokens",
            as = "output")
        BigDecimal reasoning,
    @Key(value = "What a batch costs, as a share of these.", in = "[0, 1]", usual = "1")
        BigDecimal batchShare,
    @Key(
            value = "Tokens of the question that the provider writes to its cache.",
            in = "[0, " + Price.MOST + "]",
            unit = "USD per million tokens",
            as = "input",
            omitUsual = true)
        BigDecimal cacheWrite,
    @Key(
            value = "What a flex call costs, as a share of these.",
            in = "[0, 1]",
            as = "batchShare",
            omitUsual = true)
        BigDecimal flexShare,
    @Key(
            value = "How many times these a priority call costs.",
            in = "[0, 100]",
            usual = "2",
            omitUsual = true)
        BigDecimal priorityTimes,
    Optional<LongContext> longContext) {
  /** In USD per million tokens: a USD per token. The dearest model known costs 1/1000 of it. */
  public static final int MOST = 1_000_000;

  /** What a priority call costs at most of the providers that have them. */
  static final BigDecimal USUAL_PRIORITY = BigDecimal.valueOf(2);

  /** What an older program wrote says nothing of the last four. */
  @JsonCreator
  public Price {
    cacheWrite = requireNonNullElse(cacheWrite, input);
    flexShare = requireNonNullElse(flexShare, batchShare);
    priorityTimes = requireNonNullElse(priorityTimes, USUAL_PRIORITY);
    longContext = requireNonNullElse(longContext, Optional.empty());
    Stream.of(input, cachedInput, output, reasoning, cacheWrite, priorityTimes)
        .forEach(p -> Bounds.require("a price", p, p.signum() >= 0, "0 or more"));
    Stream.of(batchShare, flexShare)
        .forEach(s -> Bounds.share("a batch or flex share", s.doubleValue()));
  }

  /** Of a model with the usual tiers, whose cache is written at the price of input. */
  public Price(
      BigDecimal input,
      BigDecimal cachedInput,
      BigDecimal output,
      BigDecimal reasoning,
      BigDecimal batchShare) {
    this(
        input,
        cachedInput,
        output,
        reasoning,
        batchShare,
        input,
        batchShare,
        USUAL_PRIORITY,
        Optional.empty());
  }

  /** Costs nothing. */
  public static Price free() {
    BigDecimal zero = BigDecimal.ZERO;
    return new Price(zero, zero, zero, zero, BigDecimal.ONE);
  }

  /** How many times the list price a call in this tier costs. */
  public BigDecimal times(ServiceTier tier) {
    return switch (tier) {
      case REALTIME -> BigDecimal.ONE;
      case FLEX -> flexShare;
      case BATCH -> batchShare;
      case PRIORITY -> priorityTimes;
    };
  }

  /** The prices of a call with so long a prompt. */
  public Price at(long promptTokens) {
    return longContext
        .filter(tier -> promptTokens > tier.above())
        .map(
            tier ->
                new Price(
                    tier.input(),
                    tier.cachedInput(),
                    tier.output(),
                    tier.reasoning(),
                    batchShare,
                    tier.cacheWrite(),
                    flexShare,
                    priorityTimes,
                    Optional.empty()))
        .orElse(this);
  }

  /** The most that one prompt token costs: plain, read from the cache or written to it. */
  public BigDecimal dearestInput() {
    return input.max(cachedInput).max(cacheWrite);
  }

  /** The most that one generated token costs. */
  public BigDecimal dearestOutput() {
    return output.max(reasoning);
  }

  /** The same where everything costs so many times as much. */
  Price times(BigDecimal factor) {
    return new Price(
        input.multiply(factor),
        cachedInput.multiply(factor),
        output.multiply(factor),
        reasoning.multiply(factor),
        batchShare,
        cacheWrite.multiply(factor),
        flexShare,
        priorityTimes,
        longContext.map(tier -> tier.times(factor)));
  }
}
