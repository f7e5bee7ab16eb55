package dev.piecrust.supply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives of a release run where nothing but Java is, unpacked anywhere. */
final class ArchiveIT {
  private static final Path DIST = Program.ROOT.resolve("standalone/target/dist");

  @TempDir Path folder;

  private record Ended(int status, String printed) {}

  @Test
  void runsTheDemoWithAJavaRuntimeAlone() throws Exception {
    Path root = unpacked("piecrust-*[0-9].tar.gz");
    assertThat(root)
        .isDirectoryContaining("glob:**/{README.md,LICENSE,NOTICE,SECURITY.md,sbom.json,docs,demo}")
        .isDirectoryNotContaining("glob:**/pom.xml");

    Ended demo = run(root, Map.of(), "demo", "--quick", "--out", folder.resolve("out").toString());

    assertThat(demo.status()).as(demo.printed()).isZero();
    assertThat(demo.printed()).doesNotContain("Building").contains("held-out KL", "FADE");
    assertThat(folder.resolve("out/final_summary.json")).isNotEmptyFile();
    goesWithoutBenchmarks(root);
  }

  private void goesWithoutBenchmarks(Path root) throws Exception {
    try (var jars =
            Files.newDirectoryStream(
                root.resolve("app/lib/main"), "dev.piecrust.piecrust-bench-*");
        JarFile bench = new JarFile(jars.iterator().next().toFile())) {
      assertThat(bench.stream().map(JarEntry::getName)).noneMatch(name -> name.endsWith(".class"));
    }
    Ended bench = run(root, Map.of(), "bench", "prune", "--shape", "tiny");
    assertThat(bench.status()).as(bench.printed()).isEqualTo(2);
    assertThat(bench.printed()).contains("no 'bench', expected a source tree").hasLineCount(1);
    assertThat(run(root, Map.of(), "--help").printed())
        .contains("doctor")
        .doesNotContain("Benchmarks:");
  }

  @Test
  void saysThatTheOtherOneNeedsPyTorchAndTakesTheMachinesOwn() throws Exception {
    Path root = unpacked("piecrust-*-gpu.tar.gz");

    Ended without = run(root, Map.of(), "doctor");
    assertThat(without.status()).isEqualTo(2);
    assertThat(without.printed())
        .contains("this program brings no PyTorch and PYTORCH_LIBRARY_PATH is not set");

    Map<String, String> pytorch =
        Map.of(
            "PYTORCH_LIBRARY_PATH", ownLibrary().toString(),
            "PYTORCH_VERSION", "2.7.1",
            "PYTORCH_FLAVOR", "cpu");
    Ended with = run(root, pytorch, "doctor");
    assertThat(with.status()).as(with.printed()).isZero();
    assertThat(with.printed()).contains("a matrix product is right");
  }

  /** Where the tests' own engine unpacked its library. */
  private static Path ownLibrary() throws IOException {
    Path cache = Path.of(System.getProperty("user.home"), ".djl.ai", "pytorch");
    assumeTrue(Files.isDirectory(cache), "no PyTorch was unpacked on this machine yet");
    try (Stream<Path> libraries = Files.list(cache)) {
      return libraries
          .filter(library -> Files.exists(library.resolve("libtorch_cpu.so")))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no libtorch_cpu.so below " + cache));
    }
  }

  private Path unpacked(String glob) throws Exception {
    assumeTrue(System.getProperty("os.name", "").equals("Linux"), "the archives are made on Linux");
    try (var found = Files.newDirectoryStream(DIST, glob)) {
      Path archive = found.iterator().next();
      Process tar =
          new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString()).start();
      assertThat(tar.waitFor()).isZero();
    }
    try (Stream<Path> roots = Files.list(folder)) {
      return roots
          .filter(root -> root.getFileName().toString().startsWith("piecrust-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Ended run(Path root, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "PATH", "/usr/bin:/bin",
                "HOME", folder.toString(),
                "JAVA_HOME", System.getProperty("java.home", ""),
                "PIECRUST_HOME", folder.resolve("home").toString()));
    environment.putAll(variables);
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(root.resolve("piecrust").toString()), Stream.of(arguments))
                .toList());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).directory(folder.toFile()).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), printed);
  }
}
