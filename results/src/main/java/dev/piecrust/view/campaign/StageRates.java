package dev.piecrust.view.campaign;

import dev.piecrust.campaign.StageProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prompts a second of each stage, as seen by this process: a campaign that was stopped for a night
 * does not look slow the next morning, and a stage that waits for the others does not look slow
 * once its turn comes.
 */
public final class StageRates {
  private static final Duration SHORTEST = Duration.ofMillis(500);

  private record Seen(Instant at, int ended) {}

  /** Where a stage's work began, and where it is; they are the same until it moves. */
  private record Span(Seen from, Seen to) {}

  private final Map<String, Span> spans = new HashMap<>();
  private @Nullable Instant lastMove;

  /** Notes where the stages are now. */
  public void observe(List<StageProgress> stages, Instant now) {
    Instant idleSince = lastMove == null ? now : lastMove;
    boolean moved = lastMove == null;
    for (StageProgress stage : stages) {
      Seen seen = new Seen(now, stage.done() + stage.failed());
      Span before = spans.computeIfAbsent(stage.stage(), name -> new Span(seen, seen));
      if (before.to().ended() != seen.ended()) {
        boolean first = before.from().equals(before.to());
        Seen from = first ? new Seen(idleSince, before.to().ended()) : before.from();
        spans.put(stage.stage(), new Span(from, seen));
        moved = true;
      }
    }
    lastMove = moved ? now : idleSince;
  }

  /** The rate until the stage last moved, once that is long enough to tell. */
  public Optional<Double> of(StageProgress stage) {
    return Optional.ofNullable(spans.get(stage.stage()))
        .filter(span -> elapsed(span).compareTo(SHORTEST) >= 0)
        .map(span -> (span.to().ended() - span.from().ended()) * 1000.0 / elapsed(span).toMillis());
  }

  private static Duration elapsed(Span span) {
    return Duration.between(span.from().at(), span.to().at());
  }
}
