package dev.piecrust.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is refused learns what was expected. */
final class RefusalsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "activities",
        "hub",
        "store",
        "workflows",
        "worker-gpu",
        "worker-llm",
        "results",
        "web",
        "bench",
        "standalone"
      })
  void sayWhatWasExpected(String module) throws IOException {
    assertThat(Refusals.silentIn(Program.ROOT, module + "/src/main/java")).isEmpty();
  }

  @Test
  void areNoticedWhereTheyDoNot(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Planted.java"),
        """
        class Planted {
          void checks(int size) {
            throw user("size is %d, expected 1 or more", size);
            throw user("size is %s", size);
            throw PieCrustException.user(
                "size is %d, which is" + " wrong", size);
            throw user("size: %s", reason);
            throw external("no answer", size);
          }
        }
        """);
    assertThat(Refusals.silentIn(folder, ""))
        .containsExactly("Planted.java:4 size is %s", "Planted.java:5 size is %d, which is wrong");
  }
}
