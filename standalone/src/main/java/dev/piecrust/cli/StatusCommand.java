package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.cli.terminal.StatusLines;
import dev.piecrust.cli.terminal.StatusText;
import dev.piecrust.control.CampaignFinder;
import dev.piecrust.control.CampaignService;
import dev.piecrust.report.text.SpendText;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.view.campaign.CampaignCard;
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
    description =
        "Lists all campaigns, a line each, or shows one of them with its stages and events.")
final class StatusCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "ID", arity = "0..1", description = CampaignFinder.DESCRIPTION)
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Lists only campaigns in this state: ${COMPLETION-CANDIDATES}.")
  private Optional<CampaignState> state = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "PART",
      description = "Lists only campaigns with this in their name or id.")
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
          id.ifPresentOrElse(
              one -> show(campaigns, CampaignFinder.idOf(campaigns, one)), () -> list(campaigns));
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

  private void list(CampaignService campaigns) {
    if (json) {
      session.terminal().printJson(campaigns.list().stream().filter(this::isWanted).toList());
    } else {
      lines(campaigns.cards()).forEach(session.terminal().out()::println);
    }
  }

  private boolean isWanted(CampaignStatus status) {
    return (state.isEmpty() || status.state() == state.get())
        && (status.name().contains(part) || status.id().contains(part));
  }

  private List<String> lines(List<CampaignCard> all) {
    List<CampaignCard> wanted = all.stream().filter(card -> isWanted(card.status())).toList();
    if (!wanted.isEmpty()) {
      return StatusLines.of(wanted, session.now(), session.terminal().columns());
    }
    return List.of(
        state.isPresent() || !part.isEmpty()
            ? "No campaigns match these filters."
            : "No campaigns yet; './piecrust demo' runs the first one.");
  }
}
