package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.cluster.Installation;
import dev.piecrust.cluster.WorkerKind;
import dev.piecrust.cluster.WorkerProcess;
import dev.piecrust.price.PriceTable;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a worker until it is told to stop. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one worker of a distributed installation until SIGTERM or Ctrl-C.",
      "",
      "control: the workflows of campaigns; one is enough, two survive the loss of one.",
      "gpu: one device; start one for each.",
      "llm: questions to language models; all of them keep the campaign's limits together.",
      "",
      "All processes share PIECRUST_DATABASE_URL (jdbc:postgresql://…), PIECRUST_DATABASE_USER,",
      "PIECRUST_DATABASE_PASSWORD, PIECRUST_ARTIFACTS (a folder that all see) and a Temporal"
          + " server",
      "(TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_…). With them set,",
      "'run', 'status' and the other commands work on the campaigns of the installation."
    })
final class WorkerCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "KIND", description = "control, gpu or llm.")
  private WorkerKind kind = WorkerKind.CONTROL;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description =
          "How long what is under way may go on after SIGTERM (default: ${DEFAULT-VALUE});"
              + " what is cut off then is done again elsewhere.")
  private int drain;

  WorkerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (drain < 0) {
      throw user("--drain is %d, expected 0 or more seconds", drain);
    }
    Installation installation =
        Installation.ofThisProcess()
            .orElseThrow(
                () ->
                    user(
                        "%s is not set, expected the database that all processes share",
                        Installation.DATABASE_URL));
    return session.untilStopped(
        () -> {
          WorkerProcess worker =
              WorkerProcess.start(
                  kind,
                  installation,
                  PriceTable.load(session.home().prices()),
                  Duration.ofSeconds(drain));
          session
              .terminal()
              .out()
              .printf("worker %s takes work from %s%n", worker.name(), worker.temporal());
          return worker;
        });
  }
}
