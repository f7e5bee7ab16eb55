package dev.piecrust.observe;

import dev.piecrust.gpu.DeviceMemory;
import dev.piecrust.report.file.BuildVersion;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.HostedSubject;
import dev.piecrust.store.process.WorkerProcesses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every few seconds, in the database, that this process lives, and what it does. */
public final class SignsOfLife implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);
  private static final long EVERY_SECONDS = 5;
  private static final long STOP_SECONDS = 2;

  private final WorkerProcesses processes;
  private final String id;
  private final String kind;
  private final List<DeviceMemory> devices;
  private final Underway underway;
  private final Supplier<List<HostedSubject>> hosts;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "piecrust-signs");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins.
   *
   * @param id of the process; no other has it
   * @param kind {@code embedded}, {@code control}, {@code gpu} or {@code llm}
   * @param devices that it works on
   * @param hosts the subjects on which they take work
   */
  public SignsOfLife(
      WorkerProcesses processes,
      String id,
      String kind,
      List<DeviceMemory> devices,
      Underway underway,
      Supplier<List<HostedSubject>> hosts) {
    this.processes = processes;
    this.id = id;
    this.kind = kind;
    this.devices = devices.stream().distinct().toList();
    this.underway = underway;
    this.hosts = hosts;
    Future<?> unused = clock.scheduleWithFixedDelay(this::beat, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** A name for a process of a kind that no other has or will have. */
  public static String name(String kind) {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    return "piecrust-%s-%s-%s".formatted(kind, host(), HexFormat.of().formatHex(random));
  }

  private void beat() {
    try {
      processes.beat(
          new ProcessSign(
              id,
              kind,
              host(),
              ProcessHandle.current().pid(),
              BuildVersion.read(),
              devices.stream().map(DeviceMemory::name).collect(Collectors.joining(", ")),
              bytes(DeviceMemory::used),
              bytes(DeviceMemory::total),
              underway.now(),
              hosts.get()));
    } catch (RuntimeException e) {
      LOG.info("the sign of life could not be given: {}", e.getMessage());
    }
  }

  /** Of all devices; empty where there is none, or where it is not known of one. */
  private OptionalLong bytes(ToDoubleFunction<DeviceMemory> figure) {
    double sum = devices.stream().mapToDouble(figure).sum();
    return devices.isEmpty() || Double.isNaN(sum)
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(sum));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /** The process ends in good order: nobody need miss it. */
  @Override
  public void close() {
    // Not at once: H2 closes its file for all where a thread is interrupted while it writes.
    clock.shutdown();
    try {
      if (clock.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        processes.gone(id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.info("the process could not take its leave: {}", e.getMessage());
    }
  }
}
