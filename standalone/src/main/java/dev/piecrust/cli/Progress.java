package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.view.StageRates;
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

  private final Terminal terminal;
  private final Clock clock;
  private final StageRates rates = new StageRates();
  private final LiveLines live;
  private final Map<String, Integer> printed = new HashMap<>();
  private Instant nextPlainAt = Instant.MIN;

  Progress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.live = new LiveLines(terminal);
  }

  void show(CampaignStatus status) {
    Instant now = clock.instant();
    rates.observe(status.stages(), now);
    if (terminal.interactive()) {
      live.draw(status.stages().stream().map(s -> StageLine.withBar(s, rates.of(s))).toList());
    } else {
      print(status, now);
    }
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
