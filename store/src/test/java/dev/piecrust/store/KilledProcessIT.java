package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the file, says after each commit that it is done, and is killed. */
class KilledProcessIT {
  private static final ArtifactRef REF = new ArtifactRef("c".repeat(64), 3);

  @Test
  void keepsWhatWasCommittedAndKeepsOthersOutUntilThen(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("piecrust");
    Process holder = start(file);
    int committed = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      while (committed < 25) {
        assertThat(lines.readLine()).isEqualTo("committed " + committed);
        committed++;
      }
      assertThatThrownBy(() -> Stores.database(DatabaseConfig.h2(file)))
          .isInstanceOfSatisfying(
              PieCrustException.class,
              e -> {
                assertThat(e.category()).isEqualTo(FailureCategory.USER);
                assertThat(e.getMessage()).contains("is in use by another process");
              });
    } finally {
      holder.destroyForcibly().waitFor();
    }
    try (Database database = Stores.database(DatabaseConfig.h2(file))) {
      Checkpoints checkpoints = new Checkpoints(database);
      for (int i = 0; i < committed; i++) {
        assertThat(checkpoints.find(Checkpoints.key(i))).contains(REF);
      }
    }
  }

  private static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The process that is killed. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) {
      Checkpoints checkpoints =
          new Checkpoints(Stores.database(DatabaseConfig.h2(Path.of(arguments[0]))));
      for (int i = 0; ; i++) {
        checkpoints.put(Checkpoints.key(i), REF);
        System.out.println("committed " + i);
        if (System.out.checkError()) {
          throw new UncheckedIOException(new IOException("nobody listens"));
        }
      }
    }
  }
}
