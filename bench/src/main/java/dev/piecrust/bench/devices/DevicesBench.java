package dev.piecrust.bench.devices;

import dev.piecrust.bench.load.Homes;
import dev.piecrust.bench.load.ServedProcess;
import dev.piecrust.bench.orchestration.DevServer;
import dev.piecrust.bench.orchestration.Plans;
import dev.piecrust.failure.Bounds;
import dev.piecrust.spec.SpecReader;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the same campaign on the demo model with one worker, then with more, in a program that
 * serves in a process of its own: each worker computes with one thread, and the machine should have
 * a core for each. Beside it the program's plans on devices that only sleep, up to many.
 */
public final class DevicesBench {
  private static final String SPEC =
      """
      name: devices-%1$d
      subject: {model: %2$s/model, transcoder: %2$s/clt}
      tasks: [{kind: ioi, prompts: %3$d, seed: %1$d}]
      prune:
        methods: [fap, fap-synergy, fap-ig, random]
        budgets: [10, 50, 200]
        batch: 5
      """;

  /** So that every worker has loaded the model, and the program's code is compiled. */
  private static final int WARM_UP_PROMPTS = 40;

  /**
   * A campaign's beginning and end take a second or two however long it is: that of a small one is
   * taken off that of the large one, which is so long that what is left of them weighs nothing.
   */
  private static final int SMALL_PROMPTS = 40;

  /** About what the first run takes. */
  private static final double LARGE_SECONDS = 45;

  private static final int MOST_PROMPTS = 5000;

  private final List<Integer> workers;
  private final Path root;
  private final Homes homes;
  private final Plans plans;
  private final Consumer<String> progress;

  /**
   * @param workers how many, for one run after the other; the first is what others are compared
   *     with
   * @param root of the checkout, which has the demo model
   * @param homes of the program
   * @param plans of the program, for the simulation
   */
  public DevicesBench(
      List<Integer> workers, Path root, Homes homes, Plans plans, Consumer<String> progress) {
    workers.forEach(count -> Bounds.between("--workers", count, 1, Simulation.MOST_DEVICES));
    this.workers = List.copyOf(workers);
    this.root = root;
    this.homes = homes;
    this.plans = plans;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param environment where the command of a Temporal server is looked for, for the simulation
   * @param folder an empty one
   */
  public DevicesReport run(Map<String, String> environment, Path folder) throws IOException {
    List<DevicesReport.Run> measured = new ArrayList<>();
    int prompts = 0;
    for (int count : workers) {
      progress.accept("%d %s …".formatted(count, count == 1 ? "worker" : "workers"));
      Path own = Files.createDirectories(folder.resolve("workers-" + count));
      try (ServedProcess served = serve(own, count)) {
        double warmUp = campaign(served, 1, WARM_UP_PROMPTS);
        double small = campaign(served, 2, SMALL_PROMPTS);
        if (prompts == 0) {
          prompts = prompts(Math.min(small, warmUp));
        }
        double seconds = campaign(served, 3, prompts) - small;
        measured.add(DevicesReport.Run.of(count, seconds, measured));
      }
    }
    return simulated(environment, folder, prompts, measured);
  }

  private static int prompts(double secondsOfSmall) {
    return (int)
        Math.max(
            2 * SMALL_PROMPTS,
            Math.min(MOST_PROMPTS, SMALL_PROMPTS * LARGE_SECONDS / secondsOfSmall));
  }

  private DevicesReport simulated(
      Map<String, String> environment, Path folder, int prompts, List<DevicesReport.Run> measured)
      throws IOException {
    Optional<Path> command = DevServer.command(environment);
    if (command.isEmpty()) {
      try (Plans.Server temporal = plans.temporal()) {
        String where = "the one in the program, since there is no 'temporal' command";
        return report(where, temporal.client(), prompts, measured);
      }
    }
    try (DevServer server = new DevServer(command.get(), folder)) {
      return report("a real server", server.client(), prompts, measured);
    }
  }

  private DevicesReport report(
      String temporal, WorkflowClient client, int prompts, List<DevicesReport.Run> measured) {
    Simulation.Result simulated = new Simulation(plans, client, progress).run();
    return new DevicesReport(
        temporal,
        prompts,
        measured,
        simulated.runs(),
        Simulation.BATCH.toMillis() / 1e3,
        simulated.overheadMs(),
        simulated.delays(),
        simulated.twice());
  }

  private ServedProcess serve(Path folder, int count) throws IOException {
    return ServedProcess.start(
        root,
        folder,
        homes,
        List.of("-Dpiecrust.threads=1"),
        Map.of("PIECRUST_DEVICE", "cpu*" + count));
  }

  private double campaign(ServedProcess served, int seed, int size) {
    String demo = root.resolve("demo").toAbsolutePath().toString();
    return served.seconds(
        SpecReader.parse(SPEC.formatted(seed, demo, size), root, "spec"), () -> {});
  }
}
