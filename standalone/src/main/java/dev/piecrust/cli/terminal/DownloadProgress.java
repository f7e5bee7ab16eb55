package dev.piecrust.cli.terminal;

import dev.piecrust.hub.HubDisk;
import dev.piecrust.hub.HubProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a download: on a terminal a redrawn line with a bar, elsewhere a plain line every few
 * seconds.
 */
public final class DownloadProgress implements HubProgress {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
  private static final Duration REDRAW_EVERY = Duration.ofMillis(200);

  private final Terminal terminal;
  private final Clock clock;
  private final LiveLines live;
  private @Nullable Seen first;
  private Instant nextAt = Instant.MIN;

  /** How much had arrived when. */
  private record Seen(Instant at, long done) {}

  public DownloadProgress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.live = new LiveLines(terminal);
  }

  @Override
  public void at(String file, long done, long total) {
    Instant now = clock.instant();
    Seen began = first == null ? new Seen(now, done) : first;
    first = began;
    if (now.isBefore(nextAt) && done < total) {
      return;
    }
    String counts = counts(began, now, done, total);
    if (terminal.interactive()) {
      live.draw(List.of("  %-24s %s %s".formatted(file, StageLine.bar(done, total), counts)));
      nextAt = now.plus(REDRAW_EVERY);
    } else {
      terminal.err().println(file + " " + counts);
      nextAt = now.plus(PLAIN_EVERY);
    }
  }

  private static String counts(Seen began, Instant now, long done, long total) {
    String counts = HubDisk.readable(done) + " of " + HubDisk.readable(total);
    double seconds = Duration.between(began.at, now).toMillis() / 1000.0;
    if (seconds == 0 || done == began.done) {
      return counts;
    }
    double rate = (done - began.done) / seconds;
    String left =
        done < total
            ? ", about " + StageLine.span(Math.round((total - done) / rate)) + " left"
            : "";
    return "%s, %s/s%s".formatted(counts, HubDisk.readable(Math.round(rate)), left);
  }
}
