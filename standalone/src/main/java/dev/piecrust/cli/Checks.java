package dev.piecrust.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.OperatingSystemMXBean;
import dev.piecrust.artifact.ArtifactRef;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.embedded.EmbeddedTemporal;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.HomeLock;
import dev.piecrust.failure.Failures;
import dev.piecrust.store.CampaignStore;
import dev.piecrust.store.Database;
import dev.piecrust.store.DatabaseConfig;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The checks of {@code doctor}. */
final class Checks {
  private static final long GIB = 1L << 30;

  /** The demo needs about 1 GiB; real checkpoints say what they need when they are loaded. */
  private static final long LEAST_MEMORY = 2 * GIB;

  /** The unpacked engine takes half of it. */
  private static final long LEAST_DISK = GIB;

  /** Edge of the matrices of the engine's check. */
  private static final int EDGE = 64;

  private final Home home;

  Checks(Home home) {
    this.home = home;
  }

  List<Finding> all() {
    return List.of(
        java(),
        memory(),
        disk(),
        Finding.ok("cores", Runtime.getRuntime().availableProcessors() + " usable"),
        check("engine", "delete ~/.djl.ai and try again", Checks::engine),
        check("temporal", "report this with the log", Checks::temporal),
        check("database", "another process may use PIECRUST_HOME", this::database),
        check("artifacts", "make PIECRUST_HOME writable", this::artifacts));
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
              .formatted(runtime.device(), TensorRuntime.threads())
          : fail("a matrix product gave %s, expected %s".formatted(sum, expected));
    }
  }

  private static String temporal() {
    try (EmbeddedTemporal temporal = new EmbeddedTemporal()) {
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
    try (Database database = Database.open(DatabaseConfig.h2(home.database()))) {
      int campaigns = new CampaignStore(database).list().size();
      return "H2 in %s, %d campaign(s)".formatted(home.folder(), campaigns);
    } finally {
      lock.get().close();
    }
  }

  private String artifacts() throws IOException {
    FolderArtifacts store = new FolderArtifacts(home.artifacts());
    byte[] written = "piecrust doctor".getBytes(StandardCharsets.UTF_8);
    ArtifactRef ref = store.put(written);
    try (var in = store.open(ref)) {
      return java.util.Arrays.equals(in.readAllBytes(), written)
          ? "written and read in " + home.artifacts()
          : fail("what was read is not what was written");
    }
  }

  private static Finding check(String what, String advice, Callable<String> check) {
    try {
      return Finding.ok(what, check.call());
    } catch (Exception | LinkageError e) {
      return Finding.problem(what, Failures.sentence(e) + "; " + advice);
    }
  }

  private static String fail(String found) {
    throw dev.piecrust.failure.PieCrustException.user("%s", found);
  }
}
