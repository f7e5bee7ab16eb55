package dev.piecrust.api;

import dev.piecrust.control.CampaignService;

/** Goes on only where there is something to speak of. */
final class Known {
  private Known() {}

  /** Whether a campaign is there; says so where it is not. */
  static void campaign(CampaignService campaigns, String id) {
    if (campaigns.find(id).isEmpty()) {
      throw new NotThere(String.valueOf(CampaignService.unknown(id).getMessage()));
    }
  }
}
