package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.embedded.ExportedFiles;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.SmallSpec;
import dev.piecrust.store.Database;
import dev.piecrust.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign on five worker processes, a real Temporal server and a real PostgreSQL, each of which
 * is killed with -9 once, in one stage after the other; against a run of one process.
 */
class ClusterIT {
  private static final String METHODS = "fap, fap-synergy, random";
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");
  private static final long PATIENCE_MS = 300_000;

  @TempDir Path folder;

  @Test
  void endsAsAnUndisturbedRunThoughEveryKindOfProcessDies() throws Exception {
    Path spec = spec();
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster"))) {
      cluster.start(WorkerKind.CONTROL, "control");
      cluster.start(WorkerKind.GPU, "gpu-1");
      cluster.start(WorkerKind.GPU, "gpu-2");
      cluster.start(WorkerKind.LLM, "llm-1");
      cluster.start(WorkerKind.LLM, "llm-2");
      cluster.awaitStarted();
      Program user = cluster.program("user");
      try (Database database = cluster.postgres.open()) {
        Stores stores = Stores.of(database);
        String started = user.run("run", spec.toString());
        String id = ID.matcher(started).results().findFirst().orElseThrow().group();
        Watched campaign = new Watched(stores, id);

        campaign.await(done("score ioi", 1));
        String busy = cluster.busy(WorkerKind.GPU);
        campaign.recovers("GPU worker", () -> cluster.killAndStart(busy));
        campaign.await(done("fidelity ioi", 1));
        campaign.recovers("Temporal server", cluster.temporal::killAndStart);
        campaign.await(done("evidence", 1));
        campaign.recovers("control worker", () -> cluster.killAndStart("control"));
        campaign.await(done("explain", 1));
        campaign.recovers("LLM worker", () -> cluster.killAndStart("llm-1"));
        campaign.await(done("evaluate", 1));
        campaign.recovers("PostgreSQL", cluster.postgres::killAndStart);
        campaign.await(status -> status.state().ended());
        assertThat(campaign.status().message()).isEqualTo("");
      }
      Path out = folder.resolve("cluster-out");
      user.run("run", spec.toString(), "--out", out.toString());

      assertThat(results(ExportedFiles.in(out))).isEqualTo(results(undisturbed(spec)));
      assertThat(cluster.computed().values())
          .as("times a finished unit was computed: %s", cluster.computed())
          .isNotEmpty()
          .containsOnly(1L);
      assertThat(cluster.stop("gpu-1")).isIn(0, 143);
    }
  }

  private SortedMap<String, List<String>> undisturbed(Path spec) throws Exception {
    Path alone = folder.resolve("alone-out");
    Files.createDirectories(folder.resolve("alone"));
    new Program(folder.resolve("alone/home"))
        .run("run", spec.toString(), "--out", alone.toString());
    return ExportedFiles.in(alone);
  }

  /**
   * All but the books, in which a call that was lost with its worker stands beside its repetition.
   */
  private static SortedMap<String, List<String>> results(SortedMap<String, List<String>> exported) {
    assertThat(exported.remove("costs.json")).isNotNull();
    return exported;
  }

  private Path spec() throws IOException {
    Path small = SmallSpec.write(folder, METHODS, 20);
    return Files.writeString(
        small,
        Files.readString(small)
            + """
            interpret:
              features: {method: fap, budget: 10, at_most: 30}
              corpus: {path: %s, windows: 500, tokens: 48}
              llm: {provider: lexical}
            evaluate: {preset: pie}
            """
                .formatted(Program.ROOT.resolve("demo/corpus.jsonl.gz")));
  }

  private static Predicate<CampaignStatus> done(String stage, int units) {
    return status ->
        status.stages().stream().anyMatch(s -> s.stage().equals(stage) && s.done() >= units);
  }

  /** Something that is done to a process. */
  private interface Deed {
    void act() throws Exception;
  }

  /** A campaign that is looked at from outside, as long as the database answers. */
  private record Watched(Stores stores, String id) {
    CampaignStatus status() {
      return stores.campaigns().status(id);
    }

    void await(Predicate<CampaignStatus> condition) throws InterruptedException {
      long end = System.currentTimeMillis() + PATIENCE_MS;
      while (!holds(condition)) {
        assertThat(System.currentTimeMillis()).as(() -> "waiting in " + status()).isLessThan(end);
        Thread.sleep(5);
      }
    }

    /** Kills, and prints how long nothing moved. */
    void recovers(String what, Deed kill) throws Exception {
      long before = System.currentTimeMillis();
      int units = units();
      String where = stage();
      kill.act();
      await(status -> units(status) > units || status.state().ended());
      System.out.printf(
          "%-16s killed in %-14s: next unit after %.1f s%n",
          what, where, (System.currentTimeMillis() - before) / 1000.0);
    }

    private boolean holds(Predicate<CampaignStatus> condition) {
      try {
        return condition.test(status());
      } catch (RuntimeException databaseIsAway) {
        return false;
      }
    }

    private String stage() {
      return status().stages().stream()
          .filter(s -> s.done() < s.total())
          .findFirst()
          .map(s -> s.stage())
          .orElse("report");
    }

    private int units() {
      return units(status());
    }

    private static int units(CampaignStatus status) {
      return status.stages().stream().mapToInt(s -> s.done()).sum();
    }
  }
}
