package dev.piecrust.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.cli.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DownloadProgressTest {
  private static final long MB = 1_000_000;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final TestClock clock = new TestClock();

  @Test
  void tellsALogEveryFewSecondsHowFarItIs() {
    DownloadProgress progress = progress(false);
    progress.at("a", 100 * MB, 2000 * MB);
    clock.wait(1);
    progress.at("a", 150 * MB, 2000 * MB);
    clock.wait(9);
    progress.at("b", 1100 * MB, 2000 * MB);
    clock.wait(1);
    progress.at("b", 2000 * MB, 2000 * MB);
    assertThat(printed().lines())
        .containsExactly(
            "a 100.0 MB of 2.0 GB",
            "b 1.1 GB of 2.0 GB, 100.0 MB/s, about 9 s left",
            "b 2.0 GB of 2.0 GB, 172.7 MB/s");
  }

  @Test
  void redrawsABarOnATerminal() {
    DownloadProgress progress = progress(true);
    progress.at("a", 0, 10 * MB);
    clock.wait(1);
    progress.at("a", 5 * MB, 10 * MB);
    assertThat(printed().split("\u001b\\[1A\u001b\\[2K", -1)).hasSize(2);
    assertThat(printed())
        .contains("█".repeat(12) + "░".repeat(12) + " 5.0 MB of 10.0 MB, 5.0 MB/s, about 1 s left");
  }

  private DownloadProgress progress(boolean interactive) {
    PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new DownloadProgress(new Terminal(out, out, interactive), clock);
  }

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
