package dev.piecrust.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.artifact.ArtifactLocation;
import dev.piecrust.embedded.Program;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Worker processes of the packaged program on a real Temporal and a real PostgreSQL. */
final class TestCluster implements AutoCloseable {
  private static final Pattern COMPUTED =
      Pattern.compile("([a-z][^ ]*(?: ioi)?: \\S+) of small-\\S+: .*computed");

  private static final long LOOK_MS = 100;

  private final Path folder;
  final RealTemporal temporal;
  final RealPostgres postgres;
  private final Map<String, String> artifacts;
  private final Map<String, Member> members = new TreeMap<>();
  private final Map<String, TcpProxy> networks = new TreeMap<>();

  /** What a process of the cluster does. */
  enum Role {
    SERVE("serve --port 0"),
    GPU("worker gpu"),
    LLM("worker llm");

    private final String command;

    Role(String command) {
      this.command = command;
    }
  }

  /** One process: where it lives, and its present one. */
  private record Member(Role role, Program program, Program.Running running) {}

  /** With a folder of artifacts. */
  TestCluster(Path folder) throws IOException {
    this(folder, Map.of(ArtifactLocation.VARIABLE, folder.resolve("artifacts").toString()));
  }

  /**
   * @param artifacts the variables that say where they are
   */
  TestCluster(Path folder, Map<String, String> artifacts) throws IOException {
    this.folder = folder;
    this.artifacts = artifacts;
    this.temporal = RealTemporal.start(Files.createDirectories(folder.resolve("temporal")));
    this.postgres = RealPostgres.start(folder.resolve("postgres"));
  }

  /** The program in a home of its own that knows of the installation. */
  Program program(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name)).resolve("home");
    Program program = new Program(home);
    artifacts.forEach(program::with);
    return program
        .with(Installation.DATABASE_URL, postgres.url())
        .with(DatabaseConfig.USER_VARIABLE, RealPostgres.USER)
        .with(DatabaseConfig.PASSWORD_VARIABLE, RealPostgres.USER)
        .with(
            "TEMPORAL_ADDRESS",
            networks.containsKey(name) ? networks.get(name).address() : temporal.address());
  }

  /** What lies between Temporal and a worker that is started later. */
  TcpProxy network(String name) throws IOException {
    TcpProxy network = new TcpProxy(temporal.port());
    networks.put(name, network);
    return network;
  }

  /** Sends a worker's process a signal, such as STOP. */
  void signal(String name, String signal) throws IOException, InterruptedException {
    long pid = requireNonNull(members.get(name)).running().process().pid();
    int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start().waitFor();
    assertThat(status).isZero();
  }

  /** What a worker wrote into its log so far. */
  String log(String name) throws IOException {
    Path log = folder.resolve(name).resolve("home/log/piecrust.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Starts a worker, or one that was killed, anew. */
  void start(Role role, String name) throws IOException {
    Program program = program(name);
    members.put(name, new Member(role, program, program.start(role.command.split(" "))));
  }

  /** Starts one process for campaigns, two for models and two for questions; all take work then. */
  void startAll() throws IOException, InterruptedException {
    start(Role.SERVE, "serve");
    start(Role.GPU, "gpu-1");
    start(Role.GPU, "gpu-2");
    start(Role.LLM, "llm-1");
    start(Role.LLM, "llm-2");
    awaitStarted();
  }

  /** Waits until all processes take work. */
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
    start(member.role(), name);
  }

  /** Stops a worker as an operator does, and returns its exit status. */
  int stop(String name) throws InterruptedException {
    Program.Running running = requireNonNull(members.get(name)).running();
    running.process().destroy();
    return running.exitStatus();
  }

  /** The worker of a kind that works hardest just now, by its use of the processor. */
  String busy(Role role) throws InterruptedException {
    Map<String, Duration> used = new TreeMap<>(processorTimes(role));
    Thread.sleep(LOOK_MS);
    processorTimes(role).forEach((name, now) -> used.merge(name, now, (was, is) -> is.minus(was)));
    return Collections.max(used.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  private Map<String, Duration> processorTimes(Role role) {
    Map<String, Duration> times = new TreeMap<>();
    members.forEach(
        (name, member) -> {
          if (member.role() == role) {
            times.put(
                name, member.running().process().info().totalCpuDuration().orElse(Duration.ZERO));
          }
        });
    return times;
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
    return COMPUTED.matcher(log(name)).results().map(r -> r.group(1)).toList();
  }

  /** Number of questions to which two answers were settled, as if paid for twice. */
  long answeredTwice() throws SQLException {
    String count =
        "select count(*) from (select cache_key from llm_call where state = 'SETTLED'"
            + " group by cache_key having count(*) > 1) as twice";
    try (Connection connection =
            DriverManager.getConnection(postgres.url(), RealPostgres.USER, RealPostgres.USER);
        ResultSet rows = connection.createStatement().executeQuery(count)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    members.values().forEach(member -> member.running().process().destroyForcibly());
    postgres.close();
    temporal.close();
    for (TcpProxy network : networks.values()) {
      network.close();
    }
  }
}
