package dev.piecrust.ui;

import dev.piecrust.api.NotThere;
import dev.piecrust.control.CampaignService;
import jakarta.inject.Singleton;

/** Finds the campaign that a page is about. */
@Singleton
public class CampaignHeads {
  private final CampaignService campaigns;

  public CampaignHeads(CampaignService campaigns) {
    this.campaigns = campaigns;
  }

  /** Goes on only for a campaign that is there. */
  public void require(String id) {
    CampaignHead unused = of(id);
  }

  /** The campaign of this id; where there is none the page says so. */
  public CampaignHead of(String id) {
    return campaigns
        .find(id)
        .map(CampaignHead::of)
        .orElseThrow(() -> new NotThere("there is no campaign '%s'".formatted(id)));
  }
}
