package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
  private final Map<String, Integer> printed = new HashMap<>();
  private Instant nextPlainAt = Instant.MIN;

  Progress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  void show(CampaignStatus status) {
    Instant now = clock.instant();
    rates.observe(status.stages(), now);
    if (terminal.interactive()) {
      redraw(status.stages().stream().map(s -> StageLine.withBar(s, rates.of(s))).toList());
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

  /** The stages that moved since the last line; a stage that waits for its turn is not news. */
  private void print(CampaignStatus status, Instant now) {
    if (now.isBefore(nextPlainAt) && !status.state().ended()) {
      return;
    }
    List<StageProgress> news =
        status.stages().stream()
            .filter(s -> s.done() + s.failed() != printed.getOrDefault(s.stage(), 0))
            .toList();
    if (news.isEmpty()) {
      return;
    }
    news.forEach(s -> printed.put(s.stage(), s.done() + s.failed()));
    nextPlainAt = now.plus(PLAIN_EVERY);
    terminal
        .err()
        .println(
            news.stream()
                .map(s -> StageLine.plain(s, rates.of(s)))
                .collect(Collectors.joining(" | ")));
  }
}
