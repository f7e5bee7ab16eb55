package dev.piecrust.cli;

import dev.piecrust.control.CampaignService;
import picocli.CommandLine.Command;

/** Lets a paused campaign go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets a paused campaign go on.")
final class ResumeCommand extends CommandOnOne {
  ResumeCommand(Session session) {
    super(session);
  }

  @Override
  String change(CampaignService campaigns, String campaign, String who) {
    campaigns.resume(campaign, who);
    return "goes on";
  }
}
