package dev.piecrust.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page about the REST API, in their order, at a program that serves. */
class RestPageIT {
  private static final Page PAGE = Page.read(Program.ROOT.resolve("docs/rest.md"));
  private static final long MINUTES = 5;

  @TempDir Path folder;

  @Test
  void theExamplesDoWhatThePageSays() throws Exception {
    assumeTrue(there("curl") && there("jq"), "there is no curl or no jq");
    Files.createSymbolicLink(folder.resolve("demo"), Program.ROOT.resolve("demo"));
    Path home = folder.resolve("home");
    try (Serving serving = Serving.start(new Program(home))) {
      String printed = shell(home);
      assertThat(printed.lines())
          .anyMatch(line -> line.matches("by-curl-\\w+\\t[A-Z]+"))
          .contains("401")
          .anyMatch(line -> line.contains("\tme\t"))
          .anyMatch(line -> line.contains("\"gpuSeconds\""))
          .anyMatch(line -> line.matches("there is no campaign '?no-such-campaign.*"));
      assertThat(serving.pages()).isNotBlank();
    }
    try (ZipFile results = new ZipFile(folder.resolve("results.zip").toFile())) {
      assertThat(results.stream()).anyMatch(file -> file.getName().endsWith(".csv"));
    }
  }

  private String shell(Path home) throws IOException, InterruptedException {
    Path script = folder.resolve("examples.sh");
    Files.writeString(
        script, "set -euo pipefail\n" + String.join("\n", PAGE.blocks("bash")) + "\n");
    Path printed = folder.resolve("printed.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().put("PIECRUST_HOME", home.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(printed)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
    return Files.readString(printed);
  }

  private static boolean there(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
  }
}
