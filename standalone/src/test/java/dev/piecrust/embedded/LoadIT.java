package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small crowd beside a campaign; how fast it is answered is for {@code bench load} to say. */
class LoadIT {
  @TempDir Path folder;

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
