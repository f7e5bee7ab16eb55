package dev.piecrust.api;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What each client has under way, up to a limit; remembers only those that have something. */
final class UnderWay {
  private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
  private final int most;

  /**
   * @param most of one client
   */
  UnderWay(int most) {
    this.most = most;
  }

  /** Counts one more, to be ended; whether the client may have it. */
  boolean begin(String client) {
    boolean[] begun = {false};
    counts.compute(
        client,
        (key, count) -> {
          int now = count == null ? 0 : count;
          begun[0] = now < most;
          return begun[0] ? Integer.valueOf(now + 1) : count;
        });
    return begun[0];
  }

  void end(String client) {
    counts.computeIfPresent(client, (key, count) -> count > 1 ? count - 1 : null);
  }

  /** How many clients have something under way. */
  int clients() {
    return counts.size();
  }
}
