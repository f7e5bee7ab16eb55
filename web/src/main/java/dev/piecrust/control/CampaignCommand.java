package dev.piecrust.control;

/** What people can ask of a campaign whose workflow runs. */
public enum CampaignCommand {
  PAUSE,
  RESUME,
  FINISH,
  BUDGET_RAISED,
  RETRY_FAILED,
  CANCEL
}
