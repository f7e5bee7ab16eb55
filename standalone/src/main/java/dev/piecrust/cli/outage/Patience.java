package dev.piecrust.cli.outage;

import dev.piecrust.failure.Bounds;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks again while something outside is away, such as a server that is started anew: says so once,
 * and once more when it is back. What is wrong for another reason fails at once.
 */
public final class Patience {
  /** How long, in whole seconds; 0 for not at all. */
  public static final String VARIABLE = "PIECRUST_WAIT";

  /** Servers that are upgraded or moved to another machine are back in two minutes. */
  public static final int USUAL_SECONDS = 180;

  private static final int MOST_SECONDS = 7 * 24 * 3600;

  /** Soon enough to go on at once, and nothing for a server that starts. */
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Duration most;
  private final Consumer<String> say;
  private final Clock clock;
  private final Pause pause;

  /** Lets time pass; for tests, that of their clock. */
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /** What the environment says, with the time of this machine. */
  public static Patience ofThisProcess(Consumer<String> say) {
    return new Patience(
        of(System.getenv()), say, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
  }

  static Duration of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "");
    return Duration.ofSeconds(
        value.isBlank() ? USUAL_SECONDS : Bounds.whole(VARIABLE, value, 0, MOST_SECONDS));
  }

  /**
   * @param most how long one thing may be away
   * @param say tells the person who waits, a line at a time
   */
  Patience(Duration most, Consumer<String> say, Clock clock, Pause pause) {
    this.most = most;
    this.say = say;
    this.clock = clock;
    this.pause = pause;
  }

  /** Makes a call that may be made again until it is answered, or until it was away too long. */
  public <T> T with(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      if (most.isZero() || !isAway(e)) {
        throw e;
      }
      return again(call, e);
    }
  }

  private <T> T again(Supplier<T> call, RuntimeException first) {
    Instant since = clock.instant();
    say.accept("%s; waiting for up to %s".formatted(Failures.sentence(first), words(most)));
    while (true) {
      sleep();
      try {
        T answer = call.get();
        say.accept("it answers again, after " + words(Duration.between(since, clock.instant())));
        return answer;
      } catch (RuntimeException e) {
        if (!isAway(e) || !clock.instant().isBefore(since.plus(most))) {
          throw e;
        }
      }
    }
  }

  private static boolean isAway(RuntimeException e) {
    return Failures.categoryOf(e) == FailureCategory.EXTERNAL;
  }

  private void sleep() {
    try {
      pause.sleep(BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("stopped while waiting for an answer", e);
    }
  }

  private static String words(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    return seconds < 120
        ? seconds + " s"
        : "%d min%s".formatted(seconds / 60, seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
  }
}
