package dev.piecrust.control;

/** Starts and cancels the workflows of campaigns. */
public interface CampaignWorkflows {
  /** Starts a campaign's workflow; where it runs already, nothing happens. */
  void start(String campaignId);

  /**
   * Asks a campaign's workflow to cancel.
   *
   * @return whether there was one to ask
   */
  boolean cancel(String campaignId, String who);
}
