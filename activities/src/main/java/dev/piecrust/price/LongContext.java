package dev.piecrust.price;

import java.math.BigDecimal;

/**
 * What the tokens of a call with a long prompt cost, in USD per million: all of them, not only
 * those beyond the threshold.
 *
 * @param above prompts of more tokens than this are long
 */
public record LongContext(
    long above,
    BigDecimal input,
    BigDecimal cachedInput,
    BigDecimal cacheWrite,
    BigDecimal output,
    BigDecimal reasoning) {
  LongContext times(BigDecimal factor) {
    return new LongContext(
        above,
        input.multiply(factor),
        cachedInput.multiply(factor),
        cacheWrite.multiply(factor),
        output.multiply(factor),
        reasoning.multiply(factor));
  }
}
