package dev.piecrust.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.cluster.TestCluster.Role;
import dev.piecrust.embedded.ExportedFiles;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.SmallSpec;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.store.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults that kill nothing: a network that is cut, a machine that stands still, a database that
 * refuses connections, a clock that jumps.
 */
@EnabledIfSystemProperty(
    named = "piecrust.matrix",
    matches = "true",
    disabledReason = "takes six minutes; run by the profile matrix")
class TrialsIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Beyond the minute after which a silent worker's unit is given away. */
  private static final Duration PARTITION = Duration.ofMinutes(2);

  private static final Duration STANDSTILL = Duration.ofSeconds(70);
  private static final Duration RESETS = Duration.ofSeconds(30);
  private static final Duration NO_DATABASE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void nothingIsLostOrDoneTwiceAndLateResultsChangeNothing() throws Exception {
    Path spec = spec();
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster"));
        Database database = cluster.postgres.open()) {
      cluster.postgres.turnClock(Duration.ZERO);
      Map<String, TcpProxy> networks =
          Map.of("gpu-1", cluster.network("gpu-1"), "gpu-2", cluster.network("gpu-2"));
      cluster.start(Role.SERVE, "serve");
      cluster.start(Role.GPU, "gpu-1");
      cluster.start(Role.GPU, "gpu-2");
      cluster.start(Role.LLM, "llm-1");
      cluster.awaitStarted();
      Program user = cluster.program("user");
      Trial trial = new Trial(Stores.of(database), id(user.run("run", spec.toString())));

      trial.await(done("score ioi", 1));
      String slow = cluster.busy(Role.GPU);
      TcpProxy network = requireNonNull(networks.get(slow));
      trial.during("no way to Temporal", PARTITION, network::cutSilently, network::heal);
      trial.during("connections reset", RESETS, network::cutWithReset, network::heal);
      String other = slow.equals("gpu-1") ? "gpu-2" : "gpu-1";
      trial.during(
          "a machine stands still",
          STANDSTILL,
          () -> cluster.signal(other, "STOP"),
          () -> cluster.signal(other, "CONT"));
      trial.during(
          "no database", NO_DATABASE, cluster.postgres::kill, cluster.postgres::startAgain);
      trial.after("an hour later", () -> cluster.postgres.turnClock(Duration.ofHours(1)));
      trial.after("an hour earlier", () -> cluster.postgres.turnClock(Duration.ofHours(-1)));
      trial.await(status -> status.state().ended());

      assertThat(trial.status().state()).isEqualTo(CampaignState.FINISHED);
      assertThat(trial.status().message()).isEmpty();
      assertThat(trial.overwritten()).as("units that a late result replaced").isEmpty();
      assertThat(Stores.of(database).accounts().spend(trial.id).lost()).isZero();
      Path out = folder.resolve("cluster-out");
      user.run("run", spec.toString(), "--out", out.toString());
      assertThat(results(out)).isEqualTo(results(undisturbed(spec)));
      // At most what was under way at each fault was begun again.
      assertThat(cluster.computed().values()).isNotEmpty().allMatch(times -> times <= 2);
      assertThat(cluster.computed().values().stream().filter(times -> times > 1).count())
          .as("units that were computed twice: %s", cluster.computed())
          .isLessThanOrEqualTo(4);
    }
  }

  private Path undisturbed(Path spec) throws Exception {
    Path alone = folder.resolve("alone-out");
    Files.createDirectories(folder.resolve("alone"));
    Program.Running run =
        new Program(folder.resolve("alone/home"))
            .start("run", spec.toString(), "--out", alone.toString());
    assertThat(run.exitStatus(PATIENCE)).as(run.printed()).isZero();
    return alone;
  }

  /** All but the books, in which a lost call stands beside its repetition. */
  private static SortedMap<String, List<String>> results(Path out) throws IOException {
    SortedMap<String, List<String>> exported = ExportedFiles.in(out);
    assertThat(exported.remove("costs.json")).isNotNull();
    return exported;
  }

  private static String id(String started) {
    return ID.matcher(started).results().findFirst().orElseThrow().group();
  }

  private Path spec() throws IOException {
    return SmallSpec.explaining(
        folder,
        "fap, fap-synergy, fap-swap, acdc, random",
        160,
        30,
        "windows: 500, tokens: 48",
        "  llm: {provider: lexical}\nevaluate: {preset: pie}\n");
  }

  private static Predicate<CampaignStatus> done(String stage, int units) {
    return status ->
        status.stages().stream().anyMatch(s -> s.stage().equals(stage) && s.done() >= units);
  }

  /** What begins or ends a fault. */
  private interface Deed {
    void act() throws Exception;
  }

  /** A campaign under faults, looked at from outside as long as the database answers. */
  private static final class Trial {
    private final Stores stores;
    private final String id;
    private final Map<String, UnitRow> seen = new TreeMap<>();

    Trial(Stores stores, String id) {
      this.stores = stores;
      this.id = id;
    }

    CampaignStatus status() {
      return stores.campaigns().status(id);
    }

    void await(Predicate<CampaignStatus> condition) throws InterruptedException {
      long end = System.currentTimeMillis() + PATIENCE.toMillis();
      while (!holds(condition)) {
        assertThat(System.currentTimeMillis()).as(() -> "waiting in " + status()).isLessThan(end);
        Thread.sleep(20);
      }
    }

    /** A fault that lasts; then the campaign has to go on. */
    void during(String fault, Duration length, Deed begin, Deed end) throws Exception {
      int before = unitsSoFar();
      begin.act();
      Thread.sleep(length.toMillis());
      if (holds(status -> true)) {
        stores.units().units(id, "").forEach(row -> seen.put(row.stage() + ' ' + row.unit(), row));
        System.out.printf("%s: %d units meanwhile%n", fault, units(status()) - before);
        before = unitsSoFar();
      }
      goesOn(fault + " is over", before, end);
    }

    /** Something happens at once, and the campaign has to go on. */
    void after(String what, Deed deed) throws Exception {
      goesOn(what, unitsSoFar(), deed);
    }

    private void goesOn(String what, int before, Deed deed) throws Exception {
      deed.act();
      long then = System.nanoTime();
      await(status -> units(status) > before || status.state().ended());
      System.out.printf("%s: next unit after %.1f s%n", what, (System.nanoTime() - then) / 1e9);
    }

    private int unitsSoFar() {
      CampaignStatus status = status();
      assertThat(status.state().ended()).as("the campaign outlasts the trials").isFalse();
      return units(status);
    }

    /** Units whose result is another one than when a fault was healed. */
    List<String> overwritten() {
      Map<String, UnitRow> now = new TreeMap<>();
      stores.units().units(id, "").forEach(row -> now.put(row.stage() + ' ' + row.unit(), row));
      return seen.entrySet().stream()
          .filter(then -> !then.getValue().equals(now.get(then.getKey())))
          .map(Map.Entry::getKey)
          .toList();
    }

    private boolean holds(Predicate<CampaignStatus> condition) {
      try {
        return condition.test(status());
      } catch (RuntimeException databaseIsAway) {
        return false;
      }
    }

    private static int units(CampaignStatus status) {
      return status.stages().stream().mapToInt(StageProgress::done).sum();
    }
  }
}
