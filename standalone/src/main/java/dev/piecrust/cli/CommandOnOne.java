package dev.piecrust.cli;

import dev.piecrust.control.CampaignFinder;
import dev.piecrust.control.CampaignService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that changes one campaign and says what it did. */
abstract class CommandOnOne implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "ID", description = CampaignFinder.DESCRIPTION)
  private String id = "";

  @Mixin private ServerOption server = new ServerOption();

  CommandOnOne(Session session) {
    this.session = session;
  }

  /** Changes the campaign; returns what to say after its id. */
  abstract String change(CampaignService campaigns, String campaign, String who);

  @Override
  public final Integer call() {
    return session.withCampaigns(
        server,
        campaigns -> {
          String meant = CampaignFinder.idOf(campaigns, id);
          String done = change(campaigns, meant, session.who());
          session.terminal().out().println("campaign " + meant + " " + done);
          return ExitStatus.DONE.code();
        });
  }
}
