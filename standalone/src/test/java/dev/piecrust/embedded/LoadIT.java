package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small crowd beside a campaign; how fast it is answered is for {@code bench load} to say. */
class LoadIT {
  @TempDir Path folder;

  @Test
  void aBenchmarkThatIsKilledLeavesNoServer() throws Exception {
    Process bench =
        new Program(folder.resolve("home")).start("bench", "load", "--pruned", "2").process();
    ProcessHandle server = firstChild(bench);
    bench.destroyForcibly().waitFor();
    assertThat(server.onExit().get(1, TimeUnit.MINUTES)).isEqualTo(server);
  }

  private static ProcessHandle firstChild(Process process) {
    Optional<ProcessHandle> child = Optional.empty();
    while (child.isEmpty() && process.isAlive()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      child = process.children().findFirst();
    }
    return child.orElseThrow();
  }

  @Test
  void answersEverybodyAndRefusesWhatIsTooLarge() throws Exception {
    String printed =
        new Program(folder.resolve("home"))
            .run(
                "bench",
                "load",
                "--readers",
                "20",
                "--streams",
                "100",
                "--slow",
                "20",
                "--pruned",
                "2",
                "--json");
    JsonNode report = new ObjectMapper().readTree(printed.substring(printed.indexOf('{')));
    assertThat(report.get("errors")).isEmpty();
    assertThat(report.get("requests").intValue()).isPositive();
    assertThat(report.get("uploads")).hasSize(2);
    assertThat(report.get("uploads"))
        .allSatisfy(
            upload -> {
              assertThat(upload.get("status").intValue()).isEqualTo(413);
              assertThat(upload.get("sentBytes").longValue()).isLessThan(64 << 20);
            });
    assertThat(report.get("undisturbedSeconds")).hasSize(2);
  }
}
