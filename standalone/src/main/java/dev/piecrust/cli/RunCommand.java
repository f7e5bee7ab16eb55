package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.SpecReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a campaign. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a campaign, or continues it; prints the results of one that has finished.",
      "Where another PieCrust of the same home runs, the campaign runs there."
    })
final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "SPEC", description = "The campaign's YAML file.")
  private Path spec = Path.of("");

  @Option(
      names = "--watch",
      description = "Stays until the campaign has ended, even if it runs in another process.")
  private boolean watch;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the exports (default: ./piecrust-NAME).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--fresh", description = "Forgets earlier results of this campaign first.")
  private boolean fresh;

  @Option(
      names = "--yes",
      description = "Starts even where the estimated cost is over the cap (it will pause there).")
  private boolean yes;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CampaignSpec read = SpecReader.read(spec);
    CampaignRun run =
        new CampaignRun(
            session, read, out.orElseGet(() -> Path.of("piecrust-" + read.name())), fresh);
    return session.withRunningCampaigns(
        running -> {
          new SpendingGate(session, yes).pass(read, running.campaigns());
          return running.here() || watch || out.isPresent()
              ? run.toTheEnd(running)
              : run.inTheBackground(running.campaigns());
        });
  }
}
