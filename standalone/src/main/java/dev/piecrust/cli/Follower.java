package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.time.Clock;

/** Watches a campaign until it has ended. */
final class Follower {
  /** Often enough to look alive, and nothing for the database. */
  private static final long POLL_MILLIS = 250;

  private final CampaignService campaigns;
  private final Progress progress;

  Follower(Terminal terminal, CampaignService campaigns) {
    this.campaigns = campaigns;
    this.progress = new Progress(terminal, Clock.systemUTC());
  }

  CampaignStatus follow(String id) {
    try {
      while (true) {
        CampaignStatus status = campaigns.status(id);
        progress.show(status);
        if (status.state().ended()) {
          return status;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PieCrustException(FailureCategory.EXTERNAL, "stopped while watching " + id, e);
    }
  }
}
