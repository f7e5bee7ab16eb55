package dev.piecrust.cluster;

import dev.piecrust.embedded.Shutdown;
import dev.piecrust.gpu.DeviceMemory;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.ledger.LedgerLlmClient;
import dev.piecrust.llm.Providers;
import dev.piecrust.observe.Instruments;
import dev.piecrust.observe.SignsOfLife;
import dev.piecrust.price.PriceTable;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.worker.LlmWorker;
import dev.piecrust.workers.Tuning;
import dev.piecrust.workers.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One worker of a distributed installation; it ends when it is closed. */
public final class WorkerProcess implements AutoCloseable {
  private final Shutdown shutdown = new Shutdown();
  private final String name;
  private final String temporal;

  private WorkerProcess(
      WorkerKind kind,
      Installation installation,
      PriceTable prices,
      Duration drain,
      Tuning tuning,
      Instruments instruments) {
    name = name(kind);
    Shared shared = shutdown.add(Shared.openToWork(installation, instruments));
    temporal = shared.temporal().address();
    Workers workers = new Workers(shared.temporal().client(), drain, tuning, instruments);
    List<DeviceMemory> memory = List.of();
    Optional<AutoCloseable> drained = Optional.empty();
    switch (kind) {
      case GPU -> {
        List<GpuWorker> gpus =
            GpuWorker.on(
                TensorRuntime.all(tuning.devices()), shared.stores(), shared.artifacts(), name);
        gpus.forEach(shutdown::add);
        workers.devices(gpus, () -> shared.stores().processes().devicesBeside(name));
        memory = gpus.stream().map(GpuWorker::memory).toList();
      }
      case LLM -> {
        LedgerLlmClient desk =
            shutdown.add(LedgerLlmClient.open(shared.stores(), prices, Providers.ofEnvironment()));
        workers.languageModelsAlone(new LlmWorker(desk, shared.stores(), shared.artifacts()));
        drained = Optional.of(desk::drain);
      }
    }
    shutdown.add(workers.start());
    drained.ifPresent(shutdown::add);
    shutdown.add(
        new SignsOfLife(
            shared.stores().processes(),
            name,
            word(kind),
            memory,
            workers.underway(),
            workers::hosted));
    instruments.vitals().begin();
  }

  /**
   * Starts to take work.
   *
   * @param drain how long what is under way may go on after {@link #close}
   * @param instruments where it is seen
   */
  public static WorkerProcess start(
      WorkerKind kind,
      Installation installation,
      PriceTable prices,
      Duration drain,
      Tuning tuning,
      Instruments instruments) {
    return new WorkerProcess(kind, installation, prices, drain, tuning, instruments);
  }

  /** A name that no other process has or will have. */
  public String name() {
    return name;
  }

  /** Where its work comes from. */
  public String temporal() {
    return temporal;
  }

  /** A session belongs to one process: a machine that starts again is another worker. */
  private static String name(WorkerKind kind) {
    return SignsOfLife.name(word(kind));
  }

  private static String word(WorkerKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
