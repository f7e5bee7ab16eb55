package dev.piecrust.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What kustomize makes of each overlay is what Kubernetes takes, by kubeconform. Both, with
 * Kubernetes' and KEDA's descriptions, are in the folder that {@value #VARIABLE} names.
 */
final class KubeconformIT {
  static final String VARIABLE = "PIECRUST_KUBERNETES";

  @TempDir static Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    assumeTrue(tools().isPresent(), VARIABLE + " names no folder with kubeconform");
    KubernetesSchemas schemas =
        new KubernetesSchemas(Files.createDirectories(folder.resolve("schemas")));
    schemas.addOpenApi(tools().orElseThrow().resolve("swagger.json"));
    for (Path custom : list(tools().orElseThrow().resolve("keda"))) {
      schemas.addCustom(custom);
    }
    copyWithExamples();
  }

  private static Optional<Path> tools() {
    return Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of).filter(Files::isDirectory);
  }

  private static List<Path> list(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.sorted().toList();
    }
  }

  /** The folder as an operator has it: what is an example here is filled in there. */
  private static void copyWithExamples() throws IOException {
    for (Path file : DeployFolder.files("")) {
      Path copy = folder.resolve("deploy").resolve(DeployFolder.ROOT.relativize(file));
      Files.createDirectories(copy.resolveSibling(""));
      Files.copy(file, Path.of(copy.toString().replaceAll("\\.example$", "")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"laptop", "production", "production-keda"})
  void everyOverlayIsWhatKubernetesTakes(String overlay) throws Exception {
    Path built = build(overlay);
    assertThat(conform(built)).contains("Invalid: 0, Errors: 0, Skipped: 0");
    assertThat(Files.readString(built)).contains("kind: Deployment");
  }

  @Test
  void noticesAFieldThatIsNotThere() throws Exception {
    Path built = build("production-keda");
    String text = Files.readString(built);
    assertThat(text).contains("terminationGracePeriodSeconds", "maxReplicaCount: 8");
    Path planted =
        Files.writeString(
            folder.resolve("planted.yaml"),
            text.replace("terminationGracePeriodSeconds", "gracePeriodSeconds")
                .replace("maxReplicaCount: 8", "maxReplicaCount: many"));
    assertThat(conform(planted))
        .contains("gracePeriodSeconds", "maxReplicaCount")
        .doesNotContain("Invalid: 0");
  }

  @Test
  void theScalerAloneSaysHowManyThereAre() throws Exception {
    assertThat(DeployFolder.documents(build("production-keda")))
        .filteredOn(object -> object.path("kind").asText().equals("Deployment"))
        .filteredOn(object -> object.at("/metadata/name").asText().equals("worker-gpu"))
        .hasSize(1)
        .noneMatch(object -> object.path("spec").has("replicas"));
  }

  private static Path build(String overlay) throws Exception {
    Path built = folder.resolve(overlay + ".yaml");
    Path from = folder.resolve("deploy/kubernetes/overlays").resolve(overlay);
    String said = run("kustomize", "build", from.toString(), "--output", built.toString());
    assertThat(built).as(said).exists();
    return built;
  }

  private static String conform(Path manifests) throws Exception {
    return run(
        "kubeconform",
        "-strict",
        "-summary",
        "-schema-location",
        folder.resolve("schemas").resolve(KubernetesSchemas.FILE).toString(),
        manifests.toString());
  }

  private static String run(String tool, String... arguments) throws Exception {
    List<String> line =
        Stream.concat(
                Stream.of(tools().orElseThrow().resolve(tool).toString()), Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(line).directory(Program.ROOT.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }
}
