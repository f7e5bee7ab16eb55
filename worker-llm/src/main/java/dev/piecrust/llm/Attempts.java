package dev.piecrust.llm;

import dev.piecrust.price.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Makes single attempts in the dialect that the endpoint was last found to understand. */
final class Attempts {
  private volatile Dialect dialect;
  private final Troubles troubles;

  Attempts(Dialect first, Troubles troubles) {
    this.dialect = first;
    this.troubles = troubles;
  }

  /**
   * One attempt. Where the endpoint refuses the dialect and another is known, the call has failed
   * without a charge and may be made again at once: in the other.
   */
  LlmReply ask(Function<Dialect, LlmReply> call) {
    Dialect used = dialect;
    try {
      return call.apply(used);
    } catch (RuntimeException e) {
      LlmException trouble = troubles.of(e);
      Optional<Dialect> next = next(used, trouble);
      if (next.isEmpty()) {
        throw trouble;
      }
      learn(used, next.get());
      throw new LlmException(
          LlmException.Kind.UNAVAILABLE,
          trouble.getMessage() + "; it will be asked in a simpler way",
          Optional.of(Duration.ZERO),
          null);
    }
  }

  private synchronized void learn(Dialect used, Dialect next) {
    dialect = dialect.equals(used) ? next : dialect;
  }

  private static Optional<Dialect> next(Dialect used, LlmException trouble) {
    return trouble.kind() == LlmException.Kind.REFUSED
        ? used.after(String.valueOf(trouble.getMessage()))
        : Optional.empty();
  }

  /** Usage as reported; absent where what is reported cannot be. */
  static Optional<TokenUsage> plausible(long input, long cached, long output, long reasoning) {
    boolean can =
        input >= 0 && cached >= 0 && cached <= input && reasoning >= 0 && reasoning <= output;
    return can ? Optional.of(new TokenUsage(input, cached, output, reasoning)) : Optional.empty();
  }
}
