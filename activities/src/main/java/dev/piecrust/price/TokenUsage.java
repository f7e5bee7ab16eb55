package dev.piecrust.price;

/**
 * Tokens of one call or of many. A part is never negative, nor more than its whole.
 *
 * @param input all prompt tokens, cached ones among them
 * @param cachedInput those of them that the provider had cached
 * @param output all tokens that were generated, reasoning among them
 * @param reasoning those of them that are hidden
 */
public record TokenUsage(long input, long cachedInput, long output, long reasoning) {
  /** Of a call that no model answered, such as one of the baseline. */
  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

  public TokenUsage {
    if (cachedInput < 0 || cachedInput > input || reasoning < 0 || reasoning > output) {
      throw new IllegalArgumentException(
          "usage of %d input (%d cached) and %d output tokens (%d reasoning) cannot be"
              .formatted(input, cachedInput, output, reasoning));
    }
  }

  /** The sum, kind by kind. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        input + other.input,
        cachedInput + other.cachedInput,
        output + other.output,
        reasoning + other.reasoning);
  }
}
