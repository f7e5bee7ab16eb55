package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Shows a campaign's progress: on a terminal one redrawn line a stage, elsewhere a plain line every
 * few seconds when something has changed.
 */
final class Progress {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final Terminal terminal;
  private final Clock clock;
  private final StageRates rates = new StageRates();
  private int drawn;
  private String lastPlain = "";
  private Instant lastPlainAt = Instant.MIN;

  Progress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  void show(CampaignStatus status) {
    Instant now = clock.instant();
    if (terminal.interactive()) {
      redraw(
          status.stages().stream().map(s -> StageLine.withBar(s, rates.observe(s, now))).toList());
    } else {
      print(status, now);
    }
  }

  private void redraw(List<String> lines) {
    StringBuilder text = new StringBuilder(UP_AND_CLEAR.repeat(drawn));
    lines.forEach(line -> text.append(line).append('\n'));
    terminal.err().print(text);
    terminal.err().flush();
    drawn = lines.size();
  }

  private void print(CampaignStatus status, Instant now) {
    String counts = String.valueOf(status.stages());
    boolean due = lastPlainAt.plus(PLAIN_EVERY).isBefore(now) || status.state().ended();
    if (status.stages().isEmpty() || counts.equals(lastPlain) || !due) {
      return;
    }
    lastPlain = counts;
    lastPlainAt = now;
    terminal
        .err()
        .println(
            String.join(
                " | ",
                status.stages().stream()
                    .map(s -> StageLine.plain(s, rates.observe(s, now)))
                    .toList()));
  }
}
