package dev.piecrust.cli;

import dev.piecrust.cli.terminal.EstimateText;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.failure.Bounds;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
              + " limits.devices allows (default: those of the installation that are there, or 1).")
  private @Nullable Integer devices;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  EstimateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (devices != null) {
      Bounds.atLeast("--devices", devices, 1);
    }
    int sharing = devices == null ? session.devices() : devices;
    return session.withEstimate(
        spec,
        (pinned, one) -> {
          CampaignEstimate estimate = one.on(sharing, pinned.limits().devices());
          if (json) {
            session.terminal().printJson(estimate);
          } else {
            EstimateText.lines(estimate).forEach(session.terminal().out()::println);
            session
                .probes()
                .of(pinned)
                .forEach(probe -> session.terminal().out().println("LLM: " + probe.sentence()));
          }
          return ExitStatus.DONE.code();
        });
  }
}
