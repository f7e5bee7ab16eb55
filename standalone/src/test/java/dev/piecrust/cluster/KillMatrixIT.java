package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.ExportedFiles;
import dev.piecrust.embedded.Program;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Campaigns on five processes, a real Temporal server and a real PostgreSQL, of which one dies by
 * {@code kill -9} in each stage; against a run of one process that nothing disturbs. The first
 * round kills every kind once at least. With the profile {@code matrix} there are as many rounds as
 * kinds, so that each dies in each stage.
 */
final class KillMatrixIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");
  private static final int PROMPTS = 30;

  /** What a lost worker may cost beyond its heartbeat timeout. */
  private static final Duration RECOVERY = Duration.ofSeconds(15);

  private static final KillMatrix MATRIX = new KillMatrix();

  @TempDir static Path folder;
  private static Path spec;
  private static SortedMap<String, List<String>> undisturbed;

  static IntStream rounds() {
    return IntStream.range(0, Boolean.getBoolean("piecrust.matrix") ? Victim.values().length : 1);
  }

  @BeforeAll
  static void runUndisturbed() throws Exception {
    RealTemporal.requireCommand();
    spec = ClusterSpec.write(folder, PROMPTS);
    Path out = folder.resolve("alone-out");
    Files.createDirectories(folder.resolve("alone"));
    new Program(folder.resolve("alone/home")).run("run", spec.toString(), "--out", out.toString());
    undisturbed = ExportedFiles.in(out);
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void endsAsAnUndisturbedRunWhicheverProcessDiesInWhicheverStage(int round) throws Exception {
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster-" + round))) {
      cluster.startAll();
      Program user = cluster.program("user");
      try (Database database = cluster.postgres.open()) {
        String started = user.run("run", spec.toString());
        String id = ID.matcher(started).results().findFirst().orElseThrow().group();
        Watched campaign = new Watched(Stores.of(database), id);
        for (Stage stage : Stage.values()) {
          Victim victim = Victim.of(stage, round);
          Optional<Stage> reached = campaign.reaches(stage);
          if (reached.isEmpty()) {
            assertThat(stage).as("over before, %s", campaign.status()).isEqualTo(Stage.REPORT);
            // The unit that waited for the device that was killed before was the last of all.
            System.out.printf("nobody killed in %s: it was over with the last unit%n", stage);
            continue;
          }
          Duration recovery = campaign.recovery(() -> victim.killAndStart(cluster));
          System.out.printf("%s killed in %s: %d ms%n", victim, reached.get(), recovery.toMillis());
          MATRIX.add(victim, reached.get(), recovery);
        }
        campaign.awaitEnd();
        assertThat(campaign.status().message()).isEqualTo("");
      }
      Path out = folder.resolve("out-" + round);
      user.run("run", spec.toString(), "--out", out.toString());

      assertThat(ClusterSpec.results(ExportedFiles.in(out)))
          .isEqualTo(ClusterSpec.results(undisturbed));
      assertThat(cluster.computed().values())
          .as("times a finished unit was computed: %s", cluster.computed())
          .isNotEmpty()
          .containsOnly(1L);
      assertThat(cluster.answeredTwice()).as("calls that were settled twice").isZero();
    }
  }

  @AfterAll
  static void isSoonAtWorkAgain() {
    if (MATRIX.isEmpty()) {
      return; // skipped, or failed before the first kill
    }
    System.out.println(MATRIX);
    assertThat(MATRIX.medianBeyondHeartbeat()).isLessThan(RECOVERY);
  }
}
