package dev.piecrust.store.ledger;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * For how long this process has seen no new sign of life from each of the others. While it could
 * not look, because the database was away or the process stood still, nobody was silent.
 */
final class WorkerTimeouts {
  /**
   * @param sign the last one
   * @param nanos when this process first saw it
   */
  private record Heard(long sign, long nanos) {}

  private final LongSupplier nanos;
  private final Map<String, Heard> heard = new HashMap<>();
  private long lookedAt;

  /**
   * @param nanos a clock that only goes forward
   */
  WorkerTimeouts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Who gave the same sign for this long. It has to be asked at least twice as often as that.
   *
   * @param signs the last one of each who is of interest; others are forgotten
   */
  synchronized List<String> longer(Duration silence, Map<String, Long> signs) {
    long now = nanos.getAsLong();
    if (now - lookedAt > silence.toNanos() / 2) {
      heard.clear();
    }
    lookedAt = now;
    heard.keySet().retainAll(signs.keySet());
    signs.forEach(
        (who, sign) -> heard.merge(who, new Heard(sign, now), WorkerTimeouts::firstOfTheSame));
    return heard.entrySet().stream()
        .filter(entry -> now - entry.getValue().nanos() >= silence.toNanos())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Heard firstOfTheSame(Heard before, Heard after) {
    return before.sign() == after.sign() ? before : after;
  }
}
