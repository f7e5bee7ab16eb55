package dev.piecrust.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a campaign for good. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Stops a campaign; the results that it has stay.")
final class CancelCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "ID", description = "The campaign's id, as 'status' lists it.")
  private String id = "";

  CancelCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.withCampaigns(
        campaigns -> {
          campaigns.cancel(id, session.who());
          session.terminal().out().println("campaign " + id + " stops; its results stay");
          return ExitStatus.DONE.code();
        });
  }
}
