package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.time.Clock;

/** Watches a campaign until it has ended, or waits for a higher budget. */
final class Follower {
  /** Often enough to look alive, and nothing for the database. */
  private static final long POLL_MILLIS = 250;

  private final Terminal terminal;
  private final CampaignService campaigns;
  private final Progress progress;
  private boolean paused;

  Follower(Terminal terminal, CampaignService campaigns) {
    this.terminal = terminal;
    this.campaigns = campaigns;
    this.progress = new Progress(terminal, Clock.systemUTC());
  }

  CampaignStatus follow(String id) {
    try {
      while (true) {
        CampaignStatus status = campaigns.status(id);
        progress.show(status);
        tellOfPause(status);
        if (CampaignEnd.isReached(status)) {
          return status;
        }
        Thread.sleep(POLL_MILLIS);
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
      terminal
          .err()
          .printf(
              "campaign %1$s is %2$s; './piecrust resume %1$s' lets it go on%n",
              status.id(), status.message().isEmpty() ? status.state().words() : status.message());
    }
    paused = now;
  }
}
