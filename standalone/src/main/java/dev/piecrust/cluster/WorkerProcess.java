package dev.piecrust.cluster;

import dev.piecrust.control.ControlActivitiesImpl;
import dev.piecrust.embedded.Shutdown;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.ledger.LedgerDesk;
import dev.piecrust.llm.Providers;
import dev.piecrust.price.PriceTable;
import dev.piecrust.worker.LlmWorker;
import dev.piecrust.workers.Workers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/** One worker of a distributed installation; it ends when it is closed. */
public final class WorkerProcess implements AutoCloseable {
  private final Shutdown shutdown = new Shutdown();
  private final String name;
  private final String temporal;

  private WorkerProcess(
      WorkerKind kind, Installation installation, PriceTable prices, Duration drain) {
    name = name(kind);
    Shared shared = shutdown.add(Shared.open(installation));
    temporal = shared.temporal().address();
    Workers workers = new Workers(shared.temporal().client(), drain);
    switch (kind) {
      case CONTROL ->
          workers.control(
              new ControlActivitiesImpl(shared.stores(), shared.artifacts(), shared.reports()));
      case GPU ->
          workers.device(
              shutdown.add(new GpuWorker(shared.stores(), shared.artifacts(), name)), name);
      case LLM -> {
        LedgerDesk desk =
            shutdown.add(LedgerDesk.open(shared.stores(), prices, Providers.ofEnvironment()));
        workers.languageModels(new LlmWorker(desk, shared.stores(), shared.artifacts()));
      }
    }
    shutdown.add(workers.start());
  }

  /**
   * Starts to take work.
   *
   * @param drain how long what is under way may go on after {@link #close}
   */
  public static WorkerProcess start(
      WorkerKind kind, Installation installation, PriceTable prices, Duration drain) {
    return new WorkerProcess(kind, installation, prices, drain);
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
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    return "piecrust-%s-%s-%s"
        .formatted(kind.name().toLowerCase(Locale.ROOT), host(), HexFormat.of().formatHex(random));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
