package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import java.math.BigDecimal;
import java.util.stream.Stream;

/**
 * What a model's tokens cost, in USD per million; no price is negative.
 *
 * @param input prompt tokens
 * @param cachedInput prompt tokens that the provider had cached
 * @param output tokens of the answer
 * @param reasoning hidden tokens before the answer, where the provider reports them
 * @param batchShare what share of these prices a call in a batch costs, 0 to 1
 */
public record Price(
    BigDecimal input,
    BigDecimal cachedInput,
    BigDecimal output,
    BigDecimal reasoning,
    BigDecimal batchShare) {
  public Price {
    if (Stream.of(input, cachedInput, output, reasoning, batchShare).anyMatch(p -> p.signum() < 0)
        || batchShare.compareTo(BigDecimal.ONE) > 0) {
      throw user("a price is negative, or its batch share is more than 1");
    }
  }

  /** Costs nothing. */
  public static Price free() {
    BigDecimal zero = BigDecimal.ZERO;
    return new Price(zero, zero, zero, zero, BigDecimal.ONE);
  }
}
