package dev.piecrust.control;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.estimate.CampaignEstimate;

/** Says what a campaign will take on this machine, before it begins. */
public interface CampaignEstimator {
  CampaignEstimate estimate(CampaignSpec spec);
}
