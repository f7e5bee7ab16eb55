package dev.piecrust.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants as finely as every database keeps them, so that what is read equals what was written.
 */
final class Moments {
  private Moments() {}

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
