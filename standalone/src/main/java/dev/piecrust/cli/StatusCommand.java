package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Json;
import dev.piecrust.control.CampaignService;
import dev.piecrust.report.SpendText;
import dev.piecrust.store.Spend;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where campaigns stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Lists all campaigns, or shows one with its events.")
final class StatusCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "A campaign's id.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.withCampaigns(
        campaigns -> {
          id.ifPresentOrElse(one -> show(campaigns, one), () -> list(campaigns.list()));
          return ExitStatus.DONE.code();
        });
  }

  private void show(CampaignService campaigns, String one) {
    CampaignStatus status = campaigns.status(one);
    PrintStream out = session.terminal().out();
    if (json) {
      out.println(Json.write(status));
    } else {
      out.println(StatusText.of(status));
      Spend spend = campaigns.spend(one);
      if (spend.calls() > 0 || spend.cap().isPresent()) {
        out.println("  " + SpendText.of(spend));
      }
      out.println(StatusText.events(campaigns.events(one)));
    }
  }

  private void list(List<CampaignStatus> all) {
    PrintStream out = session.terminal().out();
    if (json) {
      out.println(Json.write(all));
    } else if (all.isEmpty()) {
      out.println("No campaigns yet; './piecrust demo' runs the first one.");
    } else {
      all.forEach(status -> out.println(StatusText.of(status)));
    }
  }
}
