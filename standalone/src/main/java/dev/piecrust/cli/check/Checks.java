package dev.piecrust.cli.check;

import static dev.piecrust.cli.check.Finding.check;
import static dev.piecrust.cli.check.Finding.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.OperatingSystemMXBean;
import dev.piecrust.artifact.FolderLocation;
import dev.piecrust.cluster.Installation;
import dev.piecrust.embedded.EmbeddedTemporal;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.HomeLock;
import dev.piecrust.gpu.DeviceMemory;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.observe.Instruments;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.database.Database;
import dev.piecrust.tensor.DeviceChoice;
import dev.piecrust.tensor.TensorRuntime;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The checks of {@code doctor}. */
public final class Checks {
  private static final long GIB = 1L << 30;

  /** The demo needs about 1 GiB; real checkpoints say what they need when they are loaded. */
  private static final long LEAST_MEMORY = 2 * GIB;

  /** The unpacked engine takes half of it. */
  private static final long LEAST_DISK = GIB;

  /** Edge of the matrices of the engine's check. */
  private static final int EDGE = 64;

  private final Home home;
  private final Optional<Installation> installation;

  /**
   * @param installation whose servers are looked at, where there is one, in place of the home's
   */
  public Checks(Home home, Optional<Installation> installation) {
    this.home = home;
    this.installation = installation;
  }

  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>(machine());
    findings.addAll(
        installation.map(i -> new InstallationChecks(i).all()).orElseGet(this::embedded));
    return findings;
  }

  private List<Finding> machine() {
    return List.of(
        java(),
        memory(),
        disk(),
        Finding.ok("cores", Runtime.getRuntime().availableProcessors() + " usable"),
        check("engine", "delete ~/.djl.ai and try again", Checks::engine),
        check("device", "correct " + DeviceChoice.VARIABLE, Checks::devices));
  }

  private List<Finding> embedded() {
    return List.of(
        check("temporal", "report this with the log", Checks::temporal),
        check("database", "another process may use PIECRUST_HOME", this::database),
        check(
            "artifacts",
            "make PIECRUST_HOME writable",
            () -> ArtifactCheck.of(new FolderLocation(home.artifacts()))));
  }

  private static Finding java() {
    return Finding.ok(
        "java",
        "%s by %s".formatted(Runtime.version(), System.getProperty("java.vendor", "unknown")));
  }

  private static Finding memory() {
    long bytes =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    String found =
        "%.1f GiB in all, %.1f GiB for Java"
            .formatted((double) bytes / GIB, (double) Runtime.getRuntime().maxMemory() / GIB);
    return bytes >= LEAST_MEMORY
        ? Finding.ok("memory", found)
        : Finding.problem("memory", found + "; at least 2 GiB are needed");
  }

  private Finding disk() {
    return check(
        "disk",
        "make PIECRUST_HOME writable",
        () -> {
          long free = Files.getFileStore(home.folder()).getUsableSpace();
          String found = "%.1f GiB free in %s".formatted((double) free / GIB, home.folder());
          return free >= LEAST_DISK ? found : fail(found + ", at least 1 GiB is needed");
        });
  }

  private static String engine() {
    TensorRuntime runtime = TensorRuntime.start();
    try (NDManager manager = runtime.newManager()) {
      NDArray ones = manager.ones(new Shape(EDGE, EDGE)); // [64, 64]
      float sum = ones.matMul(ones).sum().getFloat();
      float expected = (float) EDGE * EDGE * EDGE;
      return sum == expected
          ? "PyTorch on %s, %d thread(s), a matrix product is right"
              .formatted(DeviceChoice.name(runtime.device()), TensorRuntime.threads())
          : fail("a matrix product gave %s, expected %s".formatted(sum, expected));
    }
  }

  private static String devices() {
    return TensorRuntime.all().stream()
        .map(runtime -> new DeviceMemory(runtime.device()))
        .map(Checks::device)
        .collect(Collectors.joining("; "));
  }

  private static String device(DeviceMemory memory) {
    double free = new MachineMemory().bytes(memory.device());
    return "%s, %.1f of %.1f GiB free".formatted(memory.name(), free / GIB, memory.total() / GIB)
        + (memory.device().isGpu() ? ", TF32 " + (TensorRuntime.tf32() ? "on" : "off") : "");
  }

  private static String temporal() {
    try (EmbeddedTemporal temporal = new EmbeddedTemporal(Instruments.none())) {
      return "embedded, serves namespace " + temporal.client().getOptions().getNamespace();
    }
  }

  private String database() {
    if (home.owner().isPresent()) {
      return "in use by " + home.owner().orElseThrow();
    }
    Optional<HomeLock> lock = home.tryLock();
    if (lock.isEmpty()) {
      return fail("another process is starting or stopping in " + home.folder());
    }
    try (Database database = home.openDatabase()) {
      int campaigns = new CampaignStore(database).list().size();
      return "H2 in %s, %d campaign(s)".formatted(home.folder(), campaigns);
    } finally {
      lock.get().close();
    }
  }
}
