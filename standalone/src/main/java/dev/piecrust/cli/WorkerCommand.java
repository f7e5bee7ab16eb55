package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.cluster.Drain;
import dev.piecrust.cluster.Installation;
import dev.piecrust.cluster.WorkerKind;
import dev.piecrust.cluster.WorkerProcess;
import dev.piecrust.price.PriceTable;
import dev.piecrust.serve.HttpAddress;
import dev.piecrust.workers.Tuning;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "A gpu worker runs models on all of this machine's GPUs, or on those that"
          + " --device names. An llm worker asks language models; all of them keep the"
          + " campaign's limits together.",
      "",
      "'serve' is the control plane beside them. All processes share"
          + " PIECRUST_DATABASE_URL (jdbc:postgresql://…), PIECRUST_DATABASE_USER,"
          + " PIECRUST_DATABASE_PASSWORD, PIECRUST_ARTIFACTS (a folder that all see, or"
          + " s3://BUCKET/PREFIX with PIECRUST_S3_ENDPOINT, PIECRUST_S3_REGION and AWS's own"
          + " variables) and a Temporal server (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE,"
          + " TEMPORAL_API_KEY, TEMPORAL_TLS_…). With them set, 'run', 'status' and the other"
          + " commands work on the campaigns of the installation."
    })
final class WorkerCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "KIND", description = "This is what it works on: gpu or llm.")
  private WorkerKind kind = WorkerKind.GPU;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description =
          "Sets how many seconds what is under way may go on after SIGTERM (default:"
              + " ${DEFAULT-VALUE}); what is cut off then is done again elsewhere.")
  private int drain;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "For llm, sets how many questions it asks at once (default: PIECRUST_LLM_SLOTS, else"
              + " 64).")
  private @Nullable Integer concurrency;

  @Option(
      names = "--device",
      paramLabel = "DEVICES",
      description =
          "For gpu, names cpu, cpu*2, cuda:0, or several such as cuda:0,cuda:1 (default: PIECRUST_DEVICE,"
              + " else every GPU, or the CPU where there is none).")
  private @Nullable String devices;

  WorkerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Duration patience = Drain.of(drain);
    Tuning tuning = tuning();
    Installation installation =
        Installation.ofThisProcess()
            .orElseThrow(
                () ->
                    user(
                        "%s is not set, expected the database that all processes share",
                        Installation.DATABASE_URL));
    session.beforeTheApplication(
        () -> HttpAddress.ofManagement(System.getenv()).requireFree(HttpAddress.MANAGEMENT_PORT));
    return session.untilStopped(
        Map.of(),
        beans -> {
          PriceTable prices = PriceTable.load(session.home().prices());
          WorkerProcess worker =
              beans.keep(
                  WorkerProcess.start(
                      kind, installation, prices, patience, tuning, beans.instruments()));
          session
              .terminal()
              .out()
              .printf("worker %s takes work from %s%n", worker.name(), worker.temporal());
        });
  }

  private Tuning tuning() {
    Tuning tuning = Tuning.ofThisProcess();
    if (concurrency != null && kind != WorkerKind.LLM) {
      throw user("--concurrency is given with 'worker gpu', expected it with 'worker llm' alone");
    }
    if (devices != null && kind != WorkerKind.GPU) {
      throw user("--device is given with 'worker llm', expected it with 'worker gpu' alone");
    }
    Tuning asked = devices == null ? tuning : tuning.withDevices(devices);
    return concurrency == null ? asked : asked.withLlmSlots(concurrency);
  }
}
