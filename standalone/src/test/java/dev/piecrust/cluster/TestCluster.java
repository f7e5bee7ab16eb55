package dev.piecrust.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Worker processes of the packaged program on a real Temporal and a real PostgreSQL. */
final class TestCluster implements AutoCloseable {
  private static final Pattern COMPUTED = Pattern.compile("(\\S+ ioi: \\S+) of \\S+: .* computed");

  private final Path folder;
  final RealTemporal temporal;
  final RealPostgres postgres;
  private final Map<String, Member> members = new TreeMap<>();

  /** One worker: where it lives, and its present process. */
  private record Member(WorkerKind kind, Program program, Program.Running running) {}

  TestCluster(Path folder) throws IOException {
    this.folder = folder;
    this.temporal = RealTemporal.start(Files.createDirectories(folder.resolve("temporal")));
    this.postgres = RealPostgres.start(folder.resolve("postgres"));
  }

  /** The program in a home of its own that knows of the installation. */
  Program program(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name)).resolve("home");
    return new Program(home)
        .with(Installation.DATABASE_URL, postgres.url())
        .with(Installation.DATABASE_USER, RealPostgres.USER)
        .with(Installation.DATABASE_PASSWORD, RealPostgres.USER)
        .with(Installation.ARTIFACTS, folder.resolve("artifacts").toString())
        .with("TEMPORAL_ADDRESS", temporal.address());
  }

  /** Starts a worker, or one that was killed, anew. */
  void start(WorkerKind kind, String name) throws IOException {
    Program program = program(name);
    members.put(
        name,
        new Member(kind, program, program.start("worker", kind.name().toLowerCase(Locale.ROOT))));
  }

  /** Waits until all workers take work. */
  void awaitStarted() throws InterruptedException {
    for (Member member : members.values()) {
      while (!member.running().printed().contains("takes work")) {
        assertThat(member.running().process().isAlive()).as(member.running().printed()).isTrue();
        Thread.sleep(50);
      }
    }
  }

  /** Kills a worker in the middle of what it does, and starts it again. */
  void killAndStart(String name) throws IOException, InterruptedException {
    Member member = requireNonNull(members.get(name));
    member.running().process().destroyForcibly().waitFor();
    start(member.kind(), name);
  }

  /** Stops a worker as an operator does, and returns its exit status. */
  int stop(String name) throws InterruptedException {
    Program.Running running = requireNonNull(members.get(name)).running();
    running.process().destroy();
    return running.exitStatus();
  }

  /**
   * A worker of a kind that has computed a unit; the log may say so a moment after the database.
   */
  String busy(WorkerKind kind) throws IOException, InterruptedException {
    while (true) {
      for (Map.Entry<String, Member> member : members.entrySet()) {
        if (member.getValue().kind() == kind && !computedBy(member.getKey()).isEmpty()) {
          return member.getKey();
        }
      }
      Thread.sleep(5);
    }
  }

  /** How often each unit was computed, by all workers together. */
  Map<String, Long> computed() throws IOException {
    List<String> all = new ArrayList<>();
    for (String name : members.keySet()) {
      all.addAll(computedBy(name));
    }
    return all.stream().collect(Collectors.groupingBy(unit -> unit, Collectors.counting()));
  }

  private List<String> computedBy(String name) throws IOException {
    Path log = folder.resolve(name).resolve("home/log/piecrust.log");
    return Files.exists(log)
        ? COMPUTED.matcher(Files.readString(log)).results().map(r -> r.group(1)).toList()
        : List.of();
  }

  @Override
  public void close() throws IOException {
    members.values().forEach(member -> member.running().process().destroyForcibly());
    postgres.close();
    temporal.close();
  }
}
