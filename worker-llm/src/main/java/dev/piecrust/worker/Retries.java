package dev.piecrust.worker;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a failed step is tried again. What failed outside waits twice as long each time, by a random
 * share of it, so that many workers do not come back at the same moment.
 */
final class Retries {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int MOST_DOUBLINGS = 6;

  private Retries() {}

  static RuntimeException toTemporal(RuntimeException e) {
    boolean outside = e instanceof PieCrustException p && p.category() == FailureCategory.EXTERNAL;
    if (!outside) {
      return Failures.toTemporal(e);
    }
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    double share = ThreadLocalRandom.current().nextDouble(0.5, 1);
    return ApplicationFailure.newBuilder()
        .setMessage(String.valueOf(e.getMessage()))
        .setType(FailureCategory.EXTERNAL.name())
        .setCause(e)
        .setNextRetryDelay(delay(attempt, share))
        .build();
  }

  /**
   * @param attempt that failed, from 1
   * @param share of the whole delay
   */
  static Duration delay(int attempt, double share) {
    long millis = FIRST.toMillis() << Math.max(0, Math.min(attempt - 1, MOST_DOUBLINGS));
    return Duration.ofMillis((long) (Math.min(millis, LONGEST.toMillis()) * share));
  }
}
