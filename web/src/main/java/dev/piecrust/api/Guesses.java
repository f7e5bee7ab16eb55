package dev.piecrust.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Who has lately given wrong tokens, of a limited number of clients. */
final class Guesses {
  /** More than a person mistypes, or an open page asks after its session has ended. */
  static final int FORGIVEN = 20;

  /** A few megabytes; whoever has more addresses pushes out the oldest of them. */
  static final int MOST_CLIENTS = 10_000;

  /** One is forgotten a second: a script with an old token is slowed soon, and free again soon. */
  private static final double FORGOTTEN_PER_NANO = 1e-9;

  private record Tries(double count, long at) {
    double left(long now) {
      return Math.max(0, count - (now - at) * FORGOTTEN_PER_NANO);
    }
  }

  private final LongSupplier nanos;
  private final Map<String, Tries> tries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  /**
   * @param nanos a clock, as {@link System#nanoTime}
   */
  Guesses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized void wrong(String client) {
    long now = nanos.getAsLong();
    tries.merge(client, new Tries(1, now), (old, one) -> new Tries(old.left(now) + 1, now));
  }

  /** Whether a client has given more wrong tokens than is forgiven. */
  synchronized boolean suspects(String client) {
    Tries known = tries.get(client);
    return known != null && known.left(nanos.getAsLong()) >= FORGIVEN;
  }

  synchronized int clients() {
    return tries.size();
  }
}
