package dev.piecrust.cli;

import dev.piecrust.control.CampaignService;
import picocli.CommandLine.Command;

/** Stops a campaign for good. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Stops a campaign; the results that it has stay.")
final class CancelCommand extends CommandOnOne {
  CancelCommand(Session session) {
    super(session);
  }

  @Override
  String change(CampaignService campaigns, String campaign, String who) {
    campaigns.cancel(campaign, who);
    return "stops; its results stay";
  }
}
