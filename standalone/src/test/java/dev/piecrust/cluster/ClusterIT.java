package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same campaign on one process and on many, with a real Temporal and a real PostgreSQL. */
final class ClusterIT {
  @TempDir Path folder;

  @Test
  void givesTheSameFilesOnOneProcessAndOnFive() throws Exception {
    Path spec = ClusterSpec.write(folder, 10);
    Path many = folder.resolve("many-out");
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster"))) {
      cluster.startAll();
      cluster.program("user").run("run", spec.toString(), "--watch", "--out", many.toString());
      assertThat(cluster.stop("gpu-1")).as("exit status after SIGTERM").isIn(0, 143);
    }
    Path one = folder.resolve("one-out");
    Files.createDirectories(folder.resolve("alone"));
    new Program(folder.resolve("alone/home")).run("run", spec.toString(), "--out", one.toString());

    assertThat(hashes(many)).isNotEmpty().isEqualTo(hashes(one));
  }

  /** SHA-256 of each exported file, as the manifest has it. */
  private static JsonNode hashes(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("run_manifest.json").toFile()).required("files");
  }
}
