package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exports are read, and checked against each other, by a Python that knows nothing of this code.
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

  private record Ended(int status, String printed) {}

  private Ended python(String... arguments) throws IOException, InterruptedException {
    Path printed = folder.resolve("printed.txt");
    ProcessBuilder builder = new ProcessBuilder("python3");
    builder.command().addAll(List.of(arguments));
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    try {
      int status = builder.start().waitFor();
      return new Ended(status, Files.readString(printed, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Ended(-1, "there is no python3");
    }
  }
}
