package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.report.SpendText;
import dev.piecrust.store.ledger.Spend;
import java.util.ArrayList;
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
    session.terminal().print(json, status, () -> lines(campaigns, status));
  }

  private static List<String> lines(CampaignService campaigns, CampaignStatus status) {
    List<String> lines = new ArrayList<>(List.of(StatusText.of(status)));
    Spend spend = campaigns.spend(status.id());
    if (spend.calls() > 0 || spend.cap().isPresent()) {
      lines.add("  " + SpendText.of(spend));
    }
    lines.add(StatusText.events(campaigns.events(status.id())));
    return lines;
  }

  private List<CampaignStatus> wanted(List<CampaignStatus> all) {
    return all.stream()
        .filter(status -> state.isEmpty() || status.state() == state.get())
        .filter(status -> status.name().contains(part) || status.id().contains(part))
        .toList();
  }

  private void list(List<CampaignStatus> all) {
    session.terminal().print(json, all, () -> lines(all));
  }

  private List<String> lines(List<CampaignStatus> all) {
    if (!all.isEmpty()) {
      return all.stream().map(StatusText::of).toList();
    }
    return List.of(
        state.isPresent() || !part.isEmpty()
            ? "No campaigns match these filters."
            : "No campaigns yet; './piecrust demo' runs the first one.");
  }
}
