package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.address.LlmAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, in a home of its own. */
public final class Program {
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path JAR = ROOT.resolve("standalone/target/quarkus-app/quarkus-run.jar");

  private final Path home;
  private final List<String> options;
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              LlmAccess.KEY_NAMES, "STAND_IN_API_KEY," + String.join(",", LlmAccess.USUAL_KEYS)));

  /**
   * @param options more options for the JVM
   */
  public Program(Path home, String... options) {
    this.home = home;
    this.options = List.of(options);
  }

  /** Sets a variable for all commands from now on. */
  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** A running command; what it prints goes to {@code output}. */
  public record Running(Process process, Path output) {
    /** Waits up to five minutes, which hardly a command takes. */
    public int exitStatus() throws InterruptedException {
      return exitStatus(Duration.ofMinutes(5));
    }

    public int exitStatus(Duration patience) throws InterruptedException {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after %d s: %s".formatted(patience.toSeconds(), printed()));
      }
      return process.exitValue();
    }

    /** Stops it as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    public String printed() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public Running start(String... arguments) throws IOException {
    return startWithOutputIn(home.resolveSibling(""), arguments);
  }

  /** The same where what it prints goes to a file in another folder than the home's. */
  Running startWithOutputIn(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(java());
    SharedClasses.option().ifPresent(command::add);
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("PIECRUST_HOME", home.toString());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Running(builder.start(), output);
  }

  /** Java, and the options that all starts have. */
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        // Most of what a test's process takes is its start, and most of that would be compiling.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dai.djl.offline=true",
        "-DOPT_OUT_TRACKING=true",
        "-Dpiecrust.terminal=false",
        "-Dpiecrust.root=" + ROOT);
  }

  /** Runs a command to its end, which must be a good one, and returns what it printed. */
  public String run(String... arguments) throws IOException, InterruptedException {
    Running running = start(arguments);
    assertThat(running.exitStatus()).as(running.printed()).isZero();
    return running.printed();
  }

  /** Number of artifacts written so far. */
  public long artifacts() {
    Path folder = home.resolve("artifacts");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.walk(folder)) {
      return files.filter(f -> f.getFileName().toString().matches("[0-9a-f]{64}")).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a temporary file went away while it was looked at
    }
  }

  public String log() throws IOException {
    return Files.readString(home.resolve("log/piecrust.log"));
  }
}
