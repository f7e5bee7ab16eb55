package dev.piecrust.price;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Tokens of one call or of many. A part is never negative, nor the parts more than their whole.
 *
 * @param input all prompt tokens, those read from the provider's cache and written to it among them
 * @param cachedInput those of them that the provider had cached
 * @param cacheWrite those of them that the provider wrote to its cache
 * @param output all tokens that were generated, reasoning among them
 * @param reasoning those of them that are hidden
 */
public record TokenUsage(
    long input, long cachedInput, long cacheWrite, long output, long reasoning) {
  /** Of a call that no model answered, such as one of the baseline. */
  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0);

  @JsonCreator
  public TokenUsage {
    if (!possible(input, cachedInput, cacheWrite) || !possible(output, reasoning, 0)) {
      throw new IllegalArgumentException(
          "usage of %d input (%d cached, %d written) and %d output tokens (%d reasoning) cannot be"
              .formatted(input, cachedInput, cacheWrite, output, reasoning));
    }
  }

  /** Of calls that wrote nothing to a cache. */
  public TokenUsage(long input, long cachedInput, long output, long reasoning) {
    this(input, cachedInput, 0, output, reasoning);
  }

  /** Whether a whole can have these two parts. */
  private static boolean possible(long whole, long part, long another) {
    return part >= 0 && another >= 0 && part <= whole && another <= whole - part;
  }

  /** The sum, kind by kind. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        input + other.input,
        cachedInput + other.cachedInput,
        cacheWrite + other.cacheWrite,
        output + other.output,
        reasoning + other.reasoning);
  }
}
