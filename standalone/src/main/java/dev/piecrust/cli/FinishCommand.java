package dev.piecrust.cli;

import dev.piecrust.control.CampaignService;
import picocli.CommandLine.Command;

/** Ends a campaign early. */
@Command(
    name = "finish",
    mixinStandardHelpOptions = true,
    description = "Ends a campaign early, with the results that it has.")
final class FinishCommand extends CommandOnOne {
  FinishCommand(Session session) {
    super(session);
  }

  @Override
  String change(CampaignService campaigns, String campaign, String who) {
    campaigns.finish(campaign, who);
    return "ends with what there is";
  }
}
