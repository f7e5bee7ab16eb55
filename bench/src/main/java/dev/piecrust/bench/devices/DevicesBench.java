package dev.piecrust.bench.devices;

import dev.piecrust.bench.load.Homes;
import dev.piecrust.bench.load.ServedProcess;
import dev.piecrust.bench.orchestration.Plans;
import dev.piecrust.failure.Bounds;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private final List<Integer> workers;
  private final int prompts;
  private final Path root;
  private final Homes homes;
  private final Plans plans;
  private final Consumer<String> progress;

  /**
   * @param workers how many, for one run after the other; the first is what others are compared
   *     with
   * @param prompts of each campaign
   * @param root of the checkout, which has the demo model
   * @param homes of the program
   * @param plans of the program, for the simulation
   */
  public DevicesBench(
      List<Integer> workers,
      int prompts,
      Path root,
      Homes homes,
      Plans plans,
      Consumer<String> progress) {
    workers.forEach(count -> Bounds.between("--workers", count, 1, Simulation.MOST_DEVICES));
    Bounds.atLeast("--pruned", prompts, 1);
    this.workers = List.copyOf(workers);
    this.prompts = prompts;
    this.root = root;
    this.homes = homes;
    this.plans = plans;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param folder an empty one
   */
  public DevicesReport run(Path folder) throws IOException {
    List<DevicesReport.Run> measured = new ArrayList<>();
    for (int count : workers) {
      progress.accept("%d %s …".formatted(count, count == 1 ? "worker" : "workers"));
      Path own = Files.createDirectories(folder.resolve("workers-" + count));
      measured.add(DevicesReport.Run.of(count, seconds(own, count), measured));
    }
    Simulation simulation = new Simulation(plans, progress);
    return new DevicesReport(
        "the one in the program", measured, simulation.run(), Simulation.BATCH.toMillis() / 1e3);
  }

  private double seconds(Path folder, int count) throws IOException {
    try (ServedProcess served =
        ServedProcess.start(
            root,
            folder,
            homes,
            List.of("-Dpiecrust.threads=1"),
            Map.of("PIECRUST_DEVICE", "cpu*" + count))) {
      campaign(served, 1, WARM_UP_PROMPTS);
      return campaign(served, 2, prompts);
    }
  }

  private double campaign(ServedProcess served, int seed, int size) {
    String demo = root.resolve("demo").toAbsolutePath().toString();
    return served.seconds(
        SpecReader.parse(SPEC.formatted(seed, demo, size), root, "spec"), () -> {});
  }
}
