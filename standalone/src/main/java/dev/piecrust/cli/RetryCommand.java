package dev.piecrust.cli;

import dev.piecrust.control.CampaignService;
import picocli.CommandLine.Command;

/** Tries what failed once more. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Retries the failed units of a campaign: when it ends, or now if it has ended.")
final class RetryCommand extends CommandOnOne {
  RetryCommand(Session session) {
    super(session);
  }

  @Override
  String change(CampaignService campaigns, String campaign, String who) {
    campaigns.retry(campaign, who);
    return "tries what failed once more";
  }
}
