package dev.piecrust.cli.terminal;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.view.campaign.StageRates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows a campaign's progress: on a terminal one redrawn line a stage, elsewhere a plain line every
 * few seconds when something has changed. What is said of a campaign that runs, such as how far its
 * download is, stands before its stages.
 */
public final class Progress {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Clock clock;
  private final StageRates rates = new StageRates();
  private final LiveLines live;
  private final Map<String, Integer> printed = new HashMap<>();
  private String printedWords = "";
  private Instant nextPlainAt = Instant.MIN;

  public Progress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.live = new LiveLines(terminal);
  }

  public void show(CampaignStatus status) {
    Instant now = clock.instant();
    rates.observe(status.stages(), now);
    if (terminal.interactive()) {
      live.draw(
          Stream.concat(
                  said(status).stream().map("  "::concat),
                  status.stages().stream().map(s -> StageLine.withBar(s, rates.of(s))))
              .toList());
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
    Optional<String> said = said(status).filter(words -> !words.equals(printedWords));
    if (news.isEmpty() && said.isEmpty()) {
      return;
    }
    said.ifPresent(words -> printedWords = words);
    news.forEach(s -> printed.put(s.stage(), s.done() + s.failed()));
    nextPlainAt = now.plus(PLAIN_EVERY);
    terminal
        .err()
        .println(
            Stream.concat(said.stream(), news.stream().map(s -> StageLine.plain(s, rates.of(s))))
                .collect(Collectors.joining(" | ")));
  }

  private static Optional<String> said(CampaignStatus status) {
    return Optional.of(StatusText.oneLine(status.message()))
        .filter(words -> status.state() == CampaignState.RUNNING && !words.isEmpty());
  }
}
