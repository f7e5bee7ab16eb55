package dev.piecrust.control;

/** Starts the workflows of campaigns, and gives them commands. */
public interface CampaignWorkflows {
  /** Starts a campaign's workflow; where it runs already, nothing happens. */
  void start(String campaignId);

  /**
   * Gives a campaign's workflow a command; one that it refuses is a user error.
   *
   * @param who gives it
   * @return whether there was a workflow to give it to
   */
  boolean tell(String campaignId, CampaignCommand command, String who);
}
