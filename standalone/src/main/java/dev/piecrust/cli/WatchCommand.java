package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.cli.terminal.Outcome;
import dev.piecrust.cli.terminal.StatusText;
import dev.piecrust.control.CampaignFinder;
import dev.piecrust.control.CampaignService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a campaign. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Shows a campaign's progress until it has ended, and then says what came out.")
final class WatchCommand implements Callable<Integer> {
  static final String TABLES = "Prints the tables of the results before the verdict.";

  private final Session session;

  @Parameters(paramLabel = "ID", description = CampaignFinder.DESCRIPTION)
  private String id = "";

  @Option(names = "--tables", description = TABLES)
  private boolean tables;

  @Option(names = "--json", description = "Prints the last status as JSON.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  WatchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    boolean running = session.isServed(server);
    return session.withCampaigns(
        server,
        campaigns -> {
          String meant = CampaignFinder.idOf(campaigns, id);
          return show(
              campaigns,
              running ? new Follower(session, campaigns).follow(meant) : campaigns.status(meant));
        });
  }

  private int show(CampaignService campaigns, CampaignStatus status) {
    session.terminal().print(json, status, () -> List.of(StatusText.of(status)));
    if (!json && CampaignEnd.hasResults(status)) {
      session.terminal().out().println();
      Outcome.print(
          session.terminal(),
          campaigns,
          status,
          tables,
          session.way(Optional.of(server), status.id()));
    }
    if (CampaignEnd.isReached(status) && !status.state().ended()) {
      session.terminal().err().println("piecrust: " + CampaignEnd.sentence(status));
    } else if (!status.state().ended()) {
      session.terminal().err().println("nothing runs now; 'run' with its spec continues it");
      return ExitStatus.DONE.code();
    }
    return CampaignEnd.statusOf(status).code();
  }
}
