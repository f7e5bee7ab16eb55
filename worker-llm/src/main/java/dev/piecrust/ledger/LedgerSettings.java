package dev.piecrust.ledger;

import java.time.Duration;

/**
 * How patient the desk is.
 *
 * @param longestWait that a caller is kept waiting before it is told to come back later
 * @param beat how often a worker says that it is alive
 * @param silence after which a worker counts as dead, and its calls as lost
 * @param late how late a call may leave after its turn before it has to ask for another
 */
public record LedgerSettings(Duration longestWait, Duration beat, Duration silence, Duration late) {
  /** Waits of up to 20 s; a beat every 4 s, death after 30 s of silence; 0.3 s late. */
  public static LedgerSettings defaults() {
    return new LedgerSettings(
        Duration.ofSeconds(20),
        Duration.ofSeconds(4),
        Duration.ofSeconds(30),
        Duration.ofMillis(300));
  }
}
