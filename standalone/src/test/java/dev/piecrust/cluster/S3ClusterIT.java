package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.artifact.HostileNetwork;
import dev.piecrust.artifact.HostileNetwork.Weather;
import dev.piecrust.artifact.S3Server;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.cluster.TestCluster.Role;
import dev.piecrust.embedded.ExportedFiles;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.SmallSpec;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign on three processes whose artifacts are in a bucket, which for a minute in its middle
 * answers nothing but 503; against a run of one process with a folder.
 */
@EnabledIfSystemProperty(
    named = "piecrust.matrix",
    matches = "true",
    disabledReason = "takes three minutes; run by the profile matrix")
class S3ClusterIT {
  private static final Duration OUTAGE = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");

  @TempDir Path folder;

  @Test
  void endsAsWithAFolderThoughTheBucketIsAwayForAMinute() throws Exception {
    Path spec = SmallSpec.write(folder, "fap, fap-synergy, random", 20);
    Path out = folder.resolve("out");
    try (S3Server bucket = new S3Server();
        HostileNetwork network = new HostileNetwork(bucket.port());
        TestCluster cluster =
            new TestCluster(folder.resolve("cluster"), S3Server.environment(network.port()))) {
      cluster.start(Role.SERVE, "serve");
      cluster.start(Role.GPU, "gpu");
      cluster.awaitStarted();
      Program user = cluster.program("user");
      assertThat(user.run("doctor"))
          .containsPattern("ok +artifacts +written and read in s3://piecrust-test/some/prefix/ at")
          .containsPattern("ok +temporal +answers at 127.0.0.1")
          .containsPattern("ok +database +jdbc:postgresql://");
      String started = user.run("run", spec.toString());
      String id = ID.matcher(started).results().findFirst().orElseThrow().group();
      try (Database database = cluster.postgres.open()) {
        Stores stores = Stores.of(database);
        await(stores, id, status -> status.stages().stream().anyMatch(s -> s.done() > 0));
        network.turn(Weather.SLOW_DOWN);
        Thread.sleep(OUTAGE.toMillis());
        assertThat(network.struck()).isPositive();
        assertThat(stores.campaigns().status(id).state()).isEqualTo(CampaignState.RUNNING);
        network.turn(Weather.FAIR);
        CampaignStatus end = await(stores, id, status -> status.state().ended());
        assertThat(end.state()).as(end.message()).isEqualTo(CampaignState.FINISHED);
      }
      user.run("run", spec.toString(), "--out", out.toString());
      assertThat(bucket.objects()).isPositive();
    }
    assertThat(ExportedFiles.in(out)).isEqualTo(ExportedFiles.in(alone(spec)));
  }

  private Path alone(Path spec) throws Exception {
    Path out = folder.resolve("alone-out");
    Path home = Files.createDirectories(folder.resolve("alone")).resolve("home");
    new Program(home).run("run", spec.toString(), "--out", out.toString());
    return out;
  }

  private static CampaignStatus await(Stores stores, String id, Predicate<CampaignStatus> condition)
      throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE.toMillis();
    while (true) {
      CampaignStatus status = stores.campaigns().status(id);
      if (condition.test(status)) {
        return status;
      }
      assertThat(System.currentTimeMillis()).as("waiting in %s", status).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
