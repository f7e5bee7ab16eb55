package dev.piecrust.llm;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Makes single attempts in the dialect that the endpoint was last found to understand. A request
 * that is refused is tried in simpler ones; which it learns is the first that is answered, so that
 * a request that is refused in all of them changes nothing for the others.
 */
final class Attempts {
  /** Requests under way are far fewer; what nobody asks again gives way. */
  private static final int MOST_TRIALS = 1000;

  private volatile Dialect dialect;
  private final ErrorMapper troubles;
  private final Map<LlmRequest, Dialect> trials =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<LlmRequest, Dialect> eldest) {
              return size() > MOST_TRIALS;
            }
          });

  Attempts(Dialect first, ErrorMapper troubles) {
    this.dialect = first;
    this.troubles = troubles;
  }

  /**
   * One attempt. Where the endpoint refuses the dialect and another is known, the call has failed
   * without a charge and may be made again at once: in the other.
   */
  LlmReply ask(LlmRequest request, Function<Dialect, LlmReply> call) {
    Dialect used = trials.getOrDefault(request, dialect);
    try {
      LlmReply reply = call.apply(used);
      if (trials.remove(request) != null) {
        dialect = used;
      }
      return reply;
    } catch (RuntimeException e) {
      LlmException trouble = troubles.of(e);
      Optional<Dialect> next = next(used, ErrorMapper.status(e), trouble);
      if (next.isEmpty()) {
        trials.remove(request);
        throw trouble;
      }
      trials.put(request, next.get());
      throw new LlmException(
          LlmException.Kind.UNAVAILABLE,
          trouble.getMessage() + "; it will be asked in a simpler way",
          Optional.of(Duration.ZERO),
          null);
    }
  }

  private static Optional<Dialect> next(Dialect used, OptionalInt status, LlmException trouble) {
    return status.isPresent() && status.getAsInt() / 100 == 4 && !waits(trouble)
        ? used.after(status.getAsInt(), String.valueOf(trouble.getMessage()))
        : Optional.empty();
  }

  /** Whether the same request may be answered later, or with another key. */
  private static boolean waits(LlmException trouble) {
    return switch (trouble.kind()) {
      case RATE_LIMITED, UNAVAILABLE, UNAUTHORIZED -> true;
      default -> false;
    };
  }
}
