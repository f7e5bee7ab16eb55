package dev.piecrust.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.embedded.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real Temporal server, which keeps its state in a file: {@code temporal server start-dev}. The
 * command is found by {@value #VARIABLE}, on the PATH, or where {@code .ci/run} puts it.
 */
final class RealTemporal implements AutoCloseable {
  static final String VARIABLE = "PIECRUST_TEMPORAL_CLI";

  private final Path command;
  private final Path folder;
  private final int port;
  private Process process;

  private RealTemporal(Path command, Path folder) throws IOException {
    this.command = command;
    this.folder = folder;
    this.port = FreePort.next();
    this.process = launch();
  }

  /** Starts it; the test is skipped where there is no such command. */
  static RealTemporal start(Path folder) throws IOException {
    requireCommand();
    return new RealTemporal(command().orElseThrow(), folder);
  }

  /** Skips the test where there is no such command. */
  static void requireCommand() {
    assumeTrue(
        command().isPresent(),
        "no 'temporal' command on the PATH, and " + VARIABLE + " does not name one");
  }

  private static Optional<Path> command() {
    Stream<Path> named = Stream.ofNullable(System.getenv(VARIABLE)).map(Path::of);
    Stream<Path> onPath =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(entry -> Path.of(entry, "temporal"));
    return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Kills it, and starts it again with what it had written. */
  void killAndStart() throws IOException, InterruptedException {
    kill();
    startAgain();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again, at the same address, with what it had written. */
  void startAgain() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    List<String> line =
        List.of(
            command.toString(),
            "server",
            "start-dev",
            "--headless",
            "--ip",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            "--db-filename",
            folder.resolve("temporal.db").toString(),
            "--log-level",
            "error");
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("temporal.log").toFile()))
        .start();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
