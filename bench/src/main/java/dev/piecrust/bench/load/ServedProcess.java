package dev.piecrust.bench.load;

import static dev.piecrust.failure.PieCrustException.external;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.piecrust.api.remote.RemoteCampaignService;
import dev.piecrust.api.remote.RemoteServer;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * This very program, serving from a home of its own in a process of its own, which ends with this
 * one however that ends.
 */
public final class ServedProcess implements AutoCloseable {
  /** Its start takes seconds, and a minute or so on a machine that is busy. */
  private static final long START_SECONDS = 180;

  private static final long STOP_SECONDS = 20;
  private static final long POLL_MS = 100;
  private static final String RESIDENT = "VmRSS:";

  private final Process process;
  private final Homes.Endpoint address;

  private ServedProcess(Process process, Homes.Endpoint address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param root of the checkout
   * @param folder for the home and what it prints
   */
  static ServedProcess start(Path root, Path folder, Homes homes) throws IOException {
    return start(root, folder, homes, List.of(), Map.of());
  }

  /**
   * Starts it otherwise.
   *
   * @param options of its JVM
   * @param variables of its environment, besides that of the home
   */
  public static ServedProcess start(
      Path root, Path folder, Homes homes, List<String> options, Map<String, String> variables)
      throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path printed = folder.resolve("serve.txt");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    command.addAll(
        List.of(
            "-Dai.djl.offline=" + System.getProperty("ai.djl.offline", "false"),
            "-Dpiecrust.root=" + root,
            "-jar",
            System.getProperty("java.class.path"),
            "serve",
            "--until-input-ends",
            "--port",
            "0"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().putAll(variables);
    Path home = folder.resolve("home");
    builder.environment().put(homes.variable(), home.toString());
    Process process = builder.start();
    return new ServedProcess(process, awaitStarted(process, () -> homes.owner(home), printed));
  }

  private static Homes.Endpoint awaitStarted(
      Process process, Supplier<Optional<Homes.Endpoint>> owner, Path printed) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end && !ended(process, 100, TimeUnit.MILLISECONDS)) {
      Optional<Homes.Endpoint> address = owner.get();
      if (address.isPresent()) {
        return address.get();
      }
    }
    process.destroyForcibly();
    throw new PieCrustException(
        FailureCategory.EXTERNAL, "the program does not serve: " + Files.readString(printed));
  }

  private static boolean ended(Process process, long time, TimeUnit unit) {
    try {
      return process.waitFor(time, unit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw external("interrupted", e);
    }
  }

  int port() {
    return address.port();
  }

  String token() {
    return address.token();
  }

  /**
   * Runs a campaign to its end, and returns how many seconds that took.
   *
   * @param meanwhile is done ten times a second
   */
  public double seconds(CampaignSpec spec, Runnable meanwhile) {
    CampaignService service = campaigns();
    long start = System.nanoTime();
    String id = service.submit(spec, true);
    while (true) {
      meanwhile.run();
      CampaignStatus status = service.status(id);
      if (status.state().ended()) {
        if (status.state() != CampaignState.FINISHED) {
          throw new PieCrustException(
              FailureCategory.INTERNAL, "the campaign ended otherwise: " + status.message());
        }
        return (System.nanoTime() - start) / 1e9;
      }
      ended(process, POLL_MS, TimeUnit.MILLISECONDS);
    }
  }

  CampaignService campaigns() {
    return new RemoteCampaignService(
        new RemoteServer(URI.create("http://127.0.0.1:" + port()), token()));
  }

  /** Memory that it holds, where the system says so. */
  OptionalLong residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(process.pid())))) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** What its heap holds after what nobody needs is gone, where the JDK's command is at hand. */
  OptionalLong heapBytes() {
    Optional<String> counted = jcmd("GC.class_histogram");
    return counted.isEmpty()
        ? OptionalLong.empty()
        : counted
            .get()
            .lines()
            .filter(line -> line.startsWith("Total"))
            .mapToLong(line -> Long.parseLong(line.trim().split("\\s+")[2]))
            .findFirst();
  }

  private Optional<String> jcmd(String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return Optional.empty();
    }
    try {
      Process asked =
          new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return Optional.of(new String(asked.getInputStream().readAllBytes(), UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.destroy();
    if (!ended(process, STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
