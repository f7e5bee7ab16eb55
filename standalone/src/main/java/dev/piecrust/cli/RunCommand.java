package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.spec.SpecReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a campaign. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a campaign, or continues it, and says what came out.",
      "A campaign that has finished is not run again: its results are printed. Where"
          + " another PieCrust of the same home runs, the campaign runs there. With --server,"
          + " paths in the spec are of the machines there."
    })
final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "SPEC", description = "This is the campaign's YAML file.")
  private Path spec = Path.of("");

  @Option(
      names = "--watch",
      description = "Stays until the campaign has ended, even if it runs in another process.")
  private boolean watch;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Names the folder for the exports (default: ./piecrust-NAME).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--fresh", description = "Forgets earlier results of this campaign first.")
  private boolean fresh;

  @Option(names = "--tables", description = WatchCommand.TABLES)
  private boolean tables;

  @Option(
      names = "--yes",
      description =
          "Starts even where the estimated cost is over the cap, or the language model refuses the"
              + " key or the model (it will pause there).")
  private boolean yes;

  @Mixin private ServerOption server = new ServerOption();

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CampaignSpec read = SpecReader.read(spec);
    return run(read, out.orElseGet(() -> Path.of("piecrust-" + read.name())), out.isPresent());
  }

  private int run(CampaignSpec read, Path exports, boolean stays) {
    return session.withRunningCampaigns(
        server,
        running -> {
          PinnedSpec pinned = running.campaigns().pin(read);
          pinned.notices().forEach(session.terminal().err()::println);
          new StartChecks(session, yes).pass(pinned.spec(), running.campaigns(), running.here());
          CampaignRun run =
              new CampaignRun(session, pinned.spec(), exports, fresh, tables, Optional.of(server));
          return running.here() || watch || stays
              ? run.toTheEnd(running)
              : run.inTheBackground(running.campaigns());
        });
  }

  /** Trains a transcoder. */
  @Command(
      name = "train",
      mixinStandardHelpOptions = true,
      description = {
        "Trains a transcoder by the train section of a spec, or goes on with it.",
        "The folder that it makes can be named as subject.transcoder, and is read by"
            + " circuit-tracer too. A training is a campaign: pause, resume, cancel, status and"
            + " watch act on it, and one that was killed ends with the same bytes. A spec with"
            + " tasks as well is for 'run', which trains first (docs/training.md)."
      })
  static final class Train implements Callable<Integer> {
    private final RunCommand run;

    @Parameters(paramLabel = "SPEC", description = "This is the training's YAML file.")
    private Path spec = Path.of("");

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description =
            "Names the folder to make (default: the spec's subject.transcoder, or a folder beside it"
                + " with its name).")
    private Optional<Path> out = Optional.empty();

    @Option(
        names = "--fresh",
        description =
            "Trains anew: forgets first what this training has made, or what another left"
                + " unfinished in the folder.")
    private boolean fresh;

    @Mixin private ServerOption server = new ServerOption();

    Train(Session session) {
      this.run = new RunCommand(session);
    }

    @Override
    public Integer call() {
      CampaignSpec read = SpecReader.read(spec);
      if (read.train().isEmpty()) {
        throw user("%s: trains nothing, expected train in it", spec);
      }
      if (!read.tasks().isEmpty()) {
        throw user("%s: has tasks, expected none; './piecrust run %s' trains first", spec, spec);
      }
      run.fresh = fresh;
      run.server = server;
      CampaignSpec wanted =
          out.map(folder -> read.withTranscoder(folder.toAbsolutePath().normalize().toString()))
              .orElse(read);
      return run.run(wanted, Path.of(wanted.subject().transcoder()), true);
    }
  }
}
