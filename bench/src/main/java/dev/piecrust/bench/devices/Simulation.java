package dev.piecrust.bench.devices;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.Plans;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The program's plans on devices that sleep for the time of a batch. */
final class Simulation {
  static final int MOST_DEVICES = 64;
  static final Duration BATCH = Duration.ofSeconds(1);
  static final String QUEUE = TaskQueues.subject("simulated");

  /** As the program's devices do; until then a worker that is told to stop goes on polling. */
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

  private static final List<Integer> DEVICES = List.of(1, 2, 8, MOST_DEVICES);

  /** So many batches each, so that the beginning and the end weigh little. */
  private static final int BATCHES_EACH = 20;

  private static final int PROMPTS_A_BATCH = 10;
  private static final int ONE_METHOD = 1;

  private final Plans plans;
  private final WorkflowClient client;
  private final Consumer<String> progress;

  Simulation(Plans plans, WorkflowClient client, Consumer<String> progress) {
    this.plans = plans;
    this.client = client;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param overheadMs median time between two batches of a device, where there are most of them
   * @param twice batches that were done by two devices, where one was told to stop
   */
  record Result(
      List<DevicesReport.Run> runs,
      double overheadMs,
      List<DevicesReport.Delay> delays,
      int twice) {}

  Result run() {
    List<DevicesReport.Run> runs = new ArrayList<>();
    double overhead = 0;
    for (int devices : DEVICES) {
      progress.accept("%d simulated …".formatted(devices));
      List<Sleeper> fleet = campaign(devices);
      // Each run has its own number of batches: what is compared is the time of one batch.
      runs.add(DevicesReport.Run.of(devices, seconds(fleet) / devices, runs));
      overhead = median(fleet);
    }
    List<DevicesReport.Delay> delays = new ArrayList<>(comingAndLosses());
    Drained drained = drained();
    delays.add(
        new DevicesReport.Delay(
            "a batch of a device that is told to stop is begun elsewhere after",
            drained.seconds(),
            2));
    return new Result(runs, overhead, delays, drained.twice());
  }

  private static double median(List<Sleeper> fleet) {
    long[] gaps = fleet.stream().flatMapToLong(Sleeper::gaps).sorted().toArray();
    return gaps.length == 0 ? 0 : gaps[gaps.length / 2];
  }

  /** From the beginning of the first batch to the end of the last. */
  private static double seconds(List<Sleeper> fleet) {
    long first = batches(fleet).mapToLong(Sleeper.Slept::began).min().orElseThrow();
    long last = batches(fleet).mapToLong(Sleeper.Slept::ended).max().orElseThrow();
    return (last - first) / 1e9;
  }

  private static Stream<Sleeper.Slept> batches(List<Sleeper> fleet) {
    return fleet.stream().flatMap(device -> device.batches().stream());
  }

  private List<Sleeper> campaign(int devices) {
    try (Fleet fleet = new Fleet("simulated-" + devices, devices * BATCHES_EACH)) {
      IntStream.range(0, devices).forEach(i -> fleet.add());
      fleet.start().getResult(Void.class);
      return fleet.devices();
    }
  }

  /** How long it takes until a device that comes, or another in place of one that died, works. */
  private List<DevicesReport.Delay> comingAndLosses() {
    progress.accept("devices that come and go …");
    try (Fleet fleet = new Fleet("simulated-losses", 80)) {
      Fleet.Device staying = fleet.add();
      Fleet.Device dying = fleet.add();
      WorkflowStub campaign = fleet.start();
      await(() -> staying.sleeper().batches().size() > 2 && dying.sleeper().batches().size() > 2);

      long came = System.nanoTime();
      Sleeper late = fleet.add().sleeper();
      await(() -> !late.batches().isEmpty());
      double joins = (late.batches().get(0).began() - came) / 1e9;

      int done = dying.sleeper().batches().size();
      dying.sleeper().fallSilent();
      await(() -> dying.sleeper().batches().size() > done + 1);
      Sleeper.Slept lost = last(dying.sleeper());
      double loss = again(fleet, lost);

      campaign.getResult(Void.class);
      return List.of(
          new DevicesReport.Delay("a new device has its first batch after", joins, 5),
          new DevicesReport.Delay("a silent device's batch is begun elsewhere after", loss, 20));
    }
  }

  private record Drained(double seconds, int twice) {}

  /** A device's process is told to stop in the midst of a batch, as by SIGTERM. */
  private Drained drained() {
    progress.accept("a device that is told to stop …");
    try (Fleet fleet = new Fleet("simulated-drain", 30)) {
      Fleet.Device leaving = fleet.add();
      Fleet.Device staying = fleet.add();
      WorkflowStub campaign = fleet.start();
      Sleeper leaver = leaving.sleeper();
      await(() -> !leaver.batches().isEmpty() && !staying.sleeper().batches().isEmpty());
      await(() -> leaver.underway().filter(Simulation::hasJustBegun).isPresent());
      Sleeper.Slept held = leaver.underway().orElseThrow();
      long told = System.nanoTime();
      leaving.process().close();
      double seconds = again(fleet, new Sleeper.Slept(held.unit(), told, told));
      campaign.getResult(Void.class);
      long all = batches(fleet.devices()).count();
      long units = batches(fleet.devices()).map(Sleeper.Slept::unit).distinct().count();
      return new Drained(seconds, Math.toIntExact(all - units));
    }
  }

  private static boolean hasJustBegun(Sleeper.Slept batch) {
    return System.nanoTime() - batch.began() < BATCH.toNanos() / 2;
  }

  private static Sleeper.Slept last(Sleeper device) {
    return device.batches().get(device.batches().size() - 1);
  }

  /** Seconds until a batch that was begun is begun by another device. */
  private static double again(Fleet fleet, Sleeper.Slept lost) {
    List<Sleeper.Slept> again = new ArrayList<>();
    await(
        () ->
            batches(fleet.devices())
                .filter(slept -> slept.unit().equals(lost.unit()) && slept.began() > lost.began())
                .peek(again::add)
                .findFirst()
                .isPresent());
    return (again.get(0).began() - lost.began()) / 1e9;
  }

  private static void await(BooleanSupplier happened) {
    while (!happened.getAsBoolean()) {
      Sleeper.sleep(50);
    }
  }

  /** A campaign's devices. */
  private final class Fleet implements AutoCloseable {
    private final String id;
    private final CampaignSize size;
    private final List<Device> devices = new ArrayList<>();
    private final Plans.Part workers;

    private record Device(Sleeper sleeper, Plans.WorkerProcess process) {}

    Fleet(String id, int batches) {
      this.id = id;
      this.size = new CampaignSize(batches * PROMPTS_A_BATCH, PROMPTS_A_BATCH, ONE_METHOD, 0, 0);
      this.workers = plans.start(client, new Sleeper(size, "plans"));
    }

    List<Sleeper> devices() {
      return devices.stream().map(Device::sleeper).toList();
    }

    Device add() {
      Sleeper sleeper = new Sleeper(size, "device-" + devices.size());
      Plans.WorkerProcess process = plans.process(client);
      WorkerFactory factory = process.factory();
      for (String queue : List.of(TaskQueues.GPU, QUEUE)) {
        register(factory, queue, sleeper);
      }
      // As the program's devices do, it looks for no other subject while it has one.
      sleeper.onceHosting(register(factory, TaskQueues.HOSTS, sleeper)::suspendPolling);
      factory.start();
      Device device = new Device(sleeper, process);
      devices.add(device);
      return device;
    }

    private static Worker register(WorkerFactory factory, String queue, Sleeper sleeper) {
      Worker worker =
          factory.newWorker(
              queue,
              WorkerOptions.newBuilder()
                  .setMaxConcurrentActivityExecutionSize(1)
                  .setMaxConcurrentActivityTaskPollers(1)
                  .setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY)
                  .build());
      worker.registerActivitiesImplementations(sleeper);
      return worker;
    }

    WorkflowStub start() {
      CampaignWorkflow campaign =
          client.newWorkflowStub(
              CampaignWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setWorkflowId(id)
                  .setTaskQueue(TaskQueues.CONTROL)
                  .build());
      WorkflowClient.start(campaign::run, id);
      return WorkflowStub.fromTyped(campaign);
    }

    @Override
    public void close() {
      devices.forEach(device -> device.process().factory().shutdownNow());
      workers.close();
    }
  }
}
