package dev.piecrust.cli;

import dev.piecrust.campaign.StageProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prompts a second of each stage, as seen by this process: a campaign that was stopped for a night
 * does not look slow the next morning.
 */
final class StageRates {
  private static final Duration SHORTEST = Duration.ofMillis(500);

  private record Seen(Instant at, int done) {}

  private final Map<String, Seen> first = new HashMap<>();

  /** The rate, once two observations are far enough apart. */
  Optional<Double> observe(StageProgress stage, Instant now) {
    int done = stage.done() + stage.failed();
    Seen seen = first.computeIfAbsent(stage.stage(), name -> new Seen(now, done));
    Duration elapsed = Duration.between(seen.at(), now);
    if (done == seen.done() || elapsed.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    return Optional.of((done - seen.done()) * 1000.0 / elapsed.toMillis());
  }
}
