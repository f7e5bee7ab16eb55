package dev.piecrust.hub;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tries again what a network or a busy hub has stopped, until it stops again and again with nothing
 * gained.
 *
 * @param stall how long an answer may bring nothing
 * @param pause waits
 */
record RetryPolicy(Duration stall, Consumer<Duration> pause) {
  /** Nothing for so long is no slow line. */
  private static final Duration USUAL_STALL = Duration.ofSeconds(30);

  /** Half a minute in all: 1, 2, 4, 8 and 16 seconds. */
  private static final int ATTEMPTS = 6;

  /** Who is told to wait longer should do something else meanwhile. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** What may be stopped by the network. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws IOException;
  }

  static RetryPolicy usual() {
    return new RetryPolicy(USUAL_STALL, RetryPolicy::sleep);
  }

  /**
   * Makes the attempt until it ends by itself.
   *
   * @param what is attempted, for the error
   * @param gained how much there is so far: what brings more is not in vain
   */
  <T> T persist(String what, LongSupplier gained, Attempt<T> attempt) {
    long before = gained.getAsLong();
    int inVain = 0;
    while (true) {
      try {
        return attempt.make();
      } catch (IOException e) {
        long now = gained.getAsLong();
        inVain = now > before ? 1 : inVain + 1;
        before = now;
        Duration wait = wait(e, inVain);
        if (inVain == ATTEMPTS || wait.compareTo(LONGEST) > 0) {
          throw givenUp(what, e, wait);
        }
        pause.accept(wait);
      }
    }
  }

  private static Duration wait(IOException e, int inVain) {
    Optional<Duration> told =
        e instanceof BusyException busy ? busy.retryAfter() : Optional.empty();
    return told.orElse(Duration.ofSeconds(1L << (inVain - 1)));
  }

  private static PieCrustException givenUp(String what, IOException e, Duration wait) {
    return PieCrustException.external(
        "%s: %s; what has arrived stays, try again in %d s to go on"
            .formatted(what, e.getMessage(), wait.toSeconds()),
        wait);
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("interrupted while waiting for the hub", e);
    }
  }
}
