package dev.piecrust.cli;

import dev.piecrust.control.CampaignService;
import picocli.CommandLine.Command;

/** Holds a campaign back. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Pauses a campaign: nothing new of it starts until it is resumed.")
final class PauseCommand extends CommandOnOne {
  PauseCommand(Session session) {
    super(session);
  }

  @Override
  String change(CampaignService campaigns, String campaign, String who) {
    campaigns.pause(campaign, who);
    return "pauses once what is under way has ended; 'resume' lets it go on";
  }
}
