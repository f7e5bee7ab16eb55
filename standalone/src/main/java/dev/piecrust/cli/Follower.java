package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.cli.terminal.Progress;
import dev.piecrust.cli.terminal.Terminal;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.time.Clock;
import java.time.Duration;

/** Watches a campaign until it has ended, or waits for a higher budget or for a person. */
final class Follower {
  /** Often enough to look alive, and nothing for the database. */
  private static final Duration POLL = Duration.ofMillis(250);

  private final Session session;
  private final Terminal terminal;
  private final CampaignService campaigns;
  private final Progress progress;
  private boolean paused;

  Follower(Session session, CampaignService campaigns) {
    this.session = session;
    this.terminal = session.terminal();
    this.campaigns = campaigns;
    this.progress = new Progress(terminal, Clock.systemUTC());
  }

  CampaignStatus follow(String id) {
    try {
      while (true) {
        CampaignStatus status = campaigns.status(id);
        progress.show(status);
        if (CampaignEnd.isReached(status)) {
          return status;
        }
        tellOfPause(status);
        if (session.stopsWithin(POLL)) {
          throw new Stopped();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PieCrustException(FailureCategory.EXTERNAL, "stopped while watching " + id, e);
    }
  }

  /** Says once that nothing moves, and what helps. */
  private void tellOfPause(CampaignStatus status) {
    boolean now = status.state() == CampaignState.PAUSED;
    if (now && !paused) {
      String why = status.message().isEmpty() ? status.state().words() : status.message();
      terminal.notice(
          "campaign %1$s is %2$s; './piecrust resume %1$s' lets it go on"
              .formatted(status.id(), why));
    }
    paused = now;
  }

  /** The process stops, and the command with it: nothing went wrong that anybody has to read. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
