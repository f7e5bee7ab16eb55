package dev.piecrust.view.campaign;

import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.StageProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a stage is.
 *
 * @param name of the stage, such as {@code score ioi}
 * @param things what it works on: prompts or features
 * @param done that have a result
 * @param failed that were given up
 * @param total that there are
 * @param perSecond how many end in a second; absent where nobody knows
 * @param updatedAt when the last one ended
 */
public record StageView(
    String name,
    String things,
    int done,
    int failed,
    int total,
    Optional<Double> perSecond,
    Optional<Instant> updatedAt) {
  private static final double SLOW = 0.5;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  static StageView of(StageProgress stage, Optional<Double> seen) {
    return new StageView(
        stage.stage(),
        Stages.things(stage.stage()),
        stage.done(),
        stage.failed(),
        stage.total(),
        seen.or(() -> average(stage)),
        stage.updatedAt());
  }

  /** From its beginning to its last result, where nobody has watched it. */
  private static Optional<Double> average(StageProgress stage) {
    int ended = stage.done() + stage.failed();
    return stage
        .startedAt()
        .flatMap(from -> stage.updatedAt().map(to -> Duration.between(from, to).toMillis()))
        .filter(millis -> millis >= 1000 && ended > 1)
        .map(millis -> ended * 1000.0 / millis);
  }

  public int ended() {
    return done + failed;
  }

  public boolean complete() {
    return ended() >= total;
  }

  /** From 0 to 1. */
  public double share() {
    return total == 0 ? 1 : Math.min(1, (double) ended() / total);
  }

  /** Until the last one ends, at its rate. */
  public Optional<Long> secondsLeft() {
    return perSecond
        .filter(rate -> rate > 0 && !complete())
        .map(rate -> Math.round((total - ended()) / rate));
  }

  /** Such as {@code 3.2 prompts/s} or {@code 12 features/h}. */
  public Optional<String> pace() {
    return perSecond.filter(rate -> rate > 0 && !complete()).map(this::pace);
  }

  private String pace(double rate) {
    if (rate >= SLOW) {
      return String.format(Locale.ROOT, "%.1f %s/s", rate, things);
    }
    return rate * MINUTE >= SLOW
        ? String.format(Locale.ROOT, "%.1f %s/min", rate * MINUTE, things)
        : String.format(Locale.ROOT, "%.1f %s/h", rate * HOUR, things);
  }
}
