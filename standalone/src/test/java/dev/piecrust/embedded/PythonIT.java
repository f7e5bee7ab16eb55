package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exports are read, and checked against each other, by a Python that knows nothing of this code;
 * and the package for Python is installed and used.
 */
class PythonIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");

  @TempDir Path folder;

  @Test
  void readsScoresFeaturesAndKeepSets() throws Exception {
    assumeTrue(
        python("-c", "import numpy, safetensors").status() == 0,
        "there is no python3 with numpy and safetensors");
    Program program = new Program(folder.resolve("home"));
    Path spec = SmallSpec.write(folder, "fap, random");
    Matcher id =
        ID.matcher(program.run("run", spec.toString(), "--out", folder.resolve("out").toString()));
    assertThat(id.find()).isTrue();
    for (String format : List.of("pie", "features", "safetensors")) {
      program.run(
          "export", id.group(), "--format", format, "--out", folder.resolve(format).toString());
    }
    Path script = Path.of(PythonIT.class.getResource("/read_exports.py").toURI()).toAbsolutePath();
    Ended read = python(script.toString(), folder.toString());
    assertThat(read.status()).as(read.printed()).isZero();
    assertThat(read.printed()).containsPattern("^[1-9]\\d* prompts, [1-9]\\d* features");
  }

  /** The lines of the page that tells of it, as they stand there. */
  @Test
  void plotsOnesOwnPairsInTenLinesFromTheInstallation() throws Exception {
    assumeTrue(hasClientsNeeds(), "there is no python3 with pandas, matplotlib, httpx, hatchling");
    String page = Files.readString(Program.ROOT.resolve("docs/python.md"));
    String install = block(page, "bash");
    String script = block(page, "python");
    assertThat(install.lines().count() + script.lines().count()).isLessThanOrEqualTo(10);
    assertThat(install).isEqualTo("pip install \"./clients/python[plot]\"\n");
    installClient();
    launcher();
    Program program = new Program(folder.resolve("home"));
    Files.createSymbolicLink(folder.resolve("demo"), Program.ROOT.resolve("demo"));
    Files.writeString(
        folder.resolve("pairs.jsonl"),
        program.run(
            "task",
            "ioi",
            "--tokenizer",
            Program.ROOT.resolve("demo/model").toString(),
            "--n",
            "30"));
    Path lines = Files.writeString(folder.resolve("lines.py"), script);
    Ended plotted = python(lines.toString());
    assertThat(plotted.status()).as(plotted.printed()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("mine.png")))
        .startsWith(0x89, 'P', 'N', 'G')
        .hasSizeGreaterThan(5000);
    assertThat(folder.resolve("home/server.json")).as("stopped with Python").doesNotExist();
  }

  @Test
  void passesTheTestsOfThePackageForPython() throws Exception {
    assumeTrue(hasClientsNeeds(), "there is no python3 with pandas, matplotlib, httpx, hatchling");
    installClient();
    launcher();
    Path tests = Program.ROOT.resolve("clients/python/tests");
    Ended tested =
        python("-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", tests.toString());
    assertThat(tested.status()).as(tested.printed()).isZero();
    assertThat(tested.printed()).doesNotContain("skipped");
  }

  private boolean hasClientsNeeds() throws IOException, InterruptedException {
    return python("-c", "import hatchling, httpx, matplotlib, pandas, pytest").status() == 0;
  }

  /** From the folder of the package alone, since tests reach no registry. */
  private void installClient() throws IOException, InterruptedException {
    Ended installed =
        python(
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--no-build-isolation",
            "--target",
            folder.resolve("python").toString(),
            Program.ROOT.resolve("clients/python").toString());
    assertThat(installed.status()).as(installed.printed()).isZero();
  }

  /** The launcher would build the checkout where a source is newer than its build. */
  private void launcher() throws IOException {
    Path launcher = folder.resolve("piecrust");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec "%s" -Xmx1g -XX:TieredStopAtLevel=1 -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \\
          -Dpiecrust.terminal=false "-Dpiecrust.root=%s" \\
          -jar "%s/standalone/target/quarkus-app/quarkus-run.jar" "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Program.ROOT,
                Program.ROOT));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  private static String block(String page, String language) {
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private record Ended(int status, String printed) {}

  private Ended python(String... arguments) throws IOException, InterruptedException {
    Path printed = folder.resolve("printed.txt");
    ProcessBuilder builder = new ProcessBuilder("python3");
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PIECRUST_HOME", folder.resolve("home").toString(),
                "PIECRUST_BIN", folder.toString(),
                "PYTHONPATH", folder.resolve("python").toString(),
                "PYTHONDONTWRITEBYTECODE", "1",
                "MPLBACKEND", "Agg"));
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    try {
      int status = builder.start().waitFor();
      return new Ended(status, Files.readString(printed, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Ended(-1, "there is no python3");
    }
  }
}
