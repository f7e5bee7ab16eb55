package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a campaign. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Shows a campaign's progress until it has ended.")
final class WatchCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "ID", description = "The campaign's id, as 'status' lists it.")
  private String id = "";

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
        server, campaigns -> running ? follow(campaigns) : show(campaigns.status(id)));
  }

  private int follow(CampaignService campaigns) {
    return show(new Follower(session, campaigns).follow(id));
  }

  private int show(CampaignStatus status) {
    session.terminal().print(json, status, () -> List.of(StatusText.of(status)));
    if (CampaignEnd.isReached(status) && !status.state().ended()) {
      session.terminal().err().println("piecrust: " + CampaignEnd.sentence(status));
    } else if (!status.state().ended()) {
      session.terminal().err().println("nothing runs now; 'run' with its spec continues it");
      return ExitStatus.DONE.code();
    }
    return CampaignEnd.statusOf(status).code();
  }
}
