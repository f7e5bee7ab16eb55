package dev.piecrust.bench.orchestration;

import dev.piecrust.failure.PieCrustException;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Temporal server of its own for a measurement: {@code temporal server start-dev}, which keeps
 * its state in a file. The command is named by {@value #VARIABLE}, or found on the PATH.
 */
public final class DevServer implements AutoCloseable {
  public static final String VARIABLE = "PIECRUST_TEMPORAL_CLI";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final WorkflowServiceStubs stubs;
  private final String address;

  /**
   * @param folder for the server's file and log
   */
  public DevServer(Path command, Path folder) throws IOException {
    int port = freePort();
    address = "127.0.0.1:" + port;
    process =
        new ProcessBuilder(
                command.toString(),
                "server",
                "start-dev",
                "--headless",
                "--ip",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--log-level",
                "error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("temporal.log").toFile())
            .start();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    awaitStarted(command);
  }

  private void awaitStarted(Path command) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        stubs.connect(PATIENCE);
        return;
      } catch (RuntimeException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          close();
          throw PieCrustException.external(
              "the Temporal server %s does not start".formatted(command), e);
        }
      }
    }
  }

  /** The server's command, where this machine has it. */
  public static Optional<Path> command(Map<String, String> environment) {
    Stream<Path> named = Stream.ofNullable(environment.get(VARIABLE)).map(Path::of);
    Stream<Path> onPath =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .map(entry -> Path.of(entry, "temporal"));
    return Stream.concat(named, onPath)
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst();
  }

  public WorkflowClient client() {
    return WorkflowClient.newInstance(stubs);
  }

  String address() {
    return address;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
