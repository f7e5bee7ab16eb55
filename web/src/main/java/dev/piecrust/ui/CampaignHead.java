package dev.piecrust.ui;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;

/** What the head of a page about a part of a campaign says of the campaign. */
public record CampaignHead(String id, String name, CampaignStatus status) {
  public static CampaignHead of(CampaignStatus status) {
    return new CampaignHead(status.id(), status.name(), status);
  }

  /** How many are done of a stage; 0 where it has not begun. */
  public int done(String stage) {
    return status.stages().stream()
        .filter(progress -> progress.stage().equals(stage))
        .mapToInt(StageProgress::done)
        .sum();
  }
}
