package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.cli.terminal.EstimateText;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.failure.Bounds;
import dev.piecrust.spec.SpecReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a campaign will take, and starts nothing. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = {
      "Estimates what a campaign will take, and starts nothing.",
      "It prints passes, LLM calls, tokens, USD, time and memory as low, expected and"
          + " high, and whether this machine has the room. Of the hub's weights it reads the"
          + " headers alone. Once pruning is done, it counts the features that are really to"
          + " be explained."
    })
final class EstimateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "SPEC", description = "This is the campaign's YAML file.")
  private Path spec = Path.of("");

  @Option(
      names = "--devices",
      paramLabel = "N",
      description =
          "Says what it takes on so many devices like this machine's, at most as many as"
              + " limits.devices allows (default: ${DEFAULT-VALUE}). The page of a new campaign"
              + " takes those that are there.")
  private int devices = 1;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  EstimateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Bounds.atLeast("--devices", devices, 1);
    CampaignSpec read = SpecReader.read(spec);
    return session.withEstimate(
        read,
        one -> {
          CampaignEstimate estimate = one.on(devices, read.limits().devices());
          if (json) {
            session.terminal().printJson(estimate);
          } else {
            EstimateText.lines(estimate).forEach(session.terminal().out()::println);
            session
                .probes()
                .of(read)
                .forEach(probe -> session.terminal().out().println("LLM: " + probe.sentence()));
          }
          return ExitStatus.DONE.code();
        });
  }
}
