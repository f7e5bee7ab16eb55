package dev.piecrust.store.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants as finely as every database keeps them, so that what is read equals what was written.
 */
public final class Moments {
  private Moments() {}

  /** This instant. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
