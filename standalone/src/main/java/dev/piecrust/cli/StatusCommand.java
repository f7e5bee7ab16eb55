package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.report.SpendText;
import dev.piecrust.store.Spend;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only campaigns in this state: ${COMPLETION-CANDIDATES}.")
  private Optional<CampaignState> state = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "PART",
      description = "Only campaigns with this in their name or id.")
  private String part = "";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.withCampaigns(
        server,
        campaigns -> {
          id.ifPresentOrElse(one -> show(campaigns, one), () -> list(wanted(campaigns.list())));
          return ExitStatus.DONE.code();
        });
  }

  private void show(CampaignService campaigns, String one) {
    CampaignStatus status = campaigns.status(one);
    PrintStream out = session.terminal().out();
    if (json) {
      session.terminal().printJson(status);
    } else {
      out.println(StatusText.of(status));
      Spend spend = campaigns.spend(one);
      if (spend.calls() > 0 || spend.cap().isPresent()) {
        out.println("  " + SpendText.of(spend));
      }
      out.println(StatusText.events(campaigns.events(one)));
    }
  }

  private List<CampaignStatus> wanted(List<CampaignStatus> all) {
    return all.stream()
        .filter(status -> state.isEmpty() || status.state() == state.get())
        .filter(status -> status.name().contains(part) || status.id().contains(part))
        .toList();
  }

  private void list(List<CampaignStatus> all) {
    PrintStream out = session.terminal().out();
    if (json) {
      session.terminal().printJson(all);
    } else if (all.isEmpty() && (state.isPresent() || !part.isEmpty())) {
      out.println("No campaigns match these filters.");
    } else if (all.isEmpty()) {
      out.println("No campaigns yet; './piecrust demo' runs the first one.");
    } else {
      all.forEach(status -> out.println(StatusText.of(status)));
    }
  }
}
