package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Monitored;
import dev.piecrust.embedded.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health of a worker whose database goes away for a while. */
class ReadinessIT {
  @TempDir Path folder;

  @Test
  void isNotReadyWhileTheDatabaseIsAwayAndReadyAgainAfterwards() throws Exception {
    Monitored monitored = Monitored.atFreePort();
    try (TestCluster cluster = new TestCluster(folder)) {
      Program.Running worker = monitored.with(cluster.program("llm")).start("worker", "llm");
      try {
        String ready = monitored.await("/q/health/ready", 200);
        assertThat(ready).contains("\"UP\"");
        cluster.postgres.kill();
        String away = monitored.await("/q/health/ready", 503);
        assertThat(away).contains("\"database\"").doesNotContain("\"temporal\"");
        assertThat(monitored.get("/q/health/live").statusCode()).isEqualTo(200);
        cluster.postgres.startAgain();
        monitored.await("/q/health/ready", 200);
      } finally {
        worker.process().destroyForcibly();
      }
    }
  }
}
