package dev.piecrust.cli;

import dev.piecrust.cli.compare.ComparingText;
import dev.piecrust.view.Comparing;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets campaigns beside one another. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares campaigns with the first one named.",
      "It prints how settings, fidelity, kept features, scores, cost and time differ."
    })
final class CompareCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description =
          "These are two to six campaigns, each by its id as 'status' lists it, the beginning of"
              + " that, or its name.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.withCampaigns(
        server,
        campaigns -> {
          Comparing compared =
              campaigns.compare(
                  ids.stream().map(id -> CampaignFinder.idOf(campaigns, id)).distinct().toList());
          session.terminal().print(json, compared, () -> ComparingText.of(compared));
          return ExitStatus.DONE.code();
        });
  }
}
