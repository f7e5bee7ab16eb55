package dev.piecrust.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Images, command lines and confinement of all containers that our files start. */
final class ContainersTest {
  private static final String VERSION = DeployFolder.programVersion();

  private static final String PLANTED =
      """
      services:
        worker:
          image: piecrust:latest
          command: [worker, tpu, --drain, "60"]
          privileged: true
          environment: {PIECRUST_DATABASE_URI: x, TEMPORAL_ADRESS: x, QUARKUS_HTTP_PROT: x}
          ports: ["8080:8080"]
        other:
          image: postgres
          environment: {POSTGRES_PASSWORD: postgres}
        slow:
          image: piecrust:0
          command: [worker, gpu, --drain, "60"]
          stop_grace_period: 60s
      """;

  private static List<Container> all() {
    return Stream.concat(ComposeFile.containers().stream(), Manifests.containers().stream())
        .toList();
  }

  private static List<Container> ours() {
    return all().stream().filter(Container::ours).toList();
  }

  private static List<Container> planted() {
    return ComposeFile.containers(DeployFolder.documents(PLANTED).get(0));
  }

  @Test
  void imagesAreBuiltHereOrPinned() {
    List<String> compose =
        ComposeFile.containers().stream()
            .flatMap(c -> Images.problems(c.where(), c.image(), VERSION, false).stream())
            .toList();
    List<String> kubernetes =
        Manifests.containers().stream()
            .flatMap(c -> Images.problems(c.where(), c.image(), VERSION, true).stream())
            .toList();
    assertThat(compose).isEmpty();
    assertThat(kubernetes).isEmpty();
    assertThat(planted())
        .extracting(c -> Images.problems(c.where(), c.image(), VERSION, false).size())
        .containsExactly(1, 1, 1);
  }

  @Test
  void kustomizeTagsTheImagesWithTheProgramsVersion() {
    JsonNode base = DeployFolder.document("kubernetes/base/kustomization.yaml");
    assertThat(base.path("images"))
        .extracting(image -> image.path("name").asText() + ":" + image.path("newTag").asText())
        .containsExactlyInAnyOrder("piecrust:" + VERSION, "piecrust-cuda:" + VERSION);
    for (Kustomization overlay : Kustomization.all()) {
      assertThat(overlay.node().path("images"))
          .allSatisfy(image -> assertThat(Images.OURS).containsKey(image.path("name").asText()));
    }
  }

  @Test
  void containerFilesBeginWithPinnedImages() {
    for (String file : Images.OURS.values()) {
      List<String> bases = Images.bases(DeployFolder.text(file));
      assertThat(bases).isNotEmpty();
      assertThat(bases)
          .allSatisfy(base -> assertThat(Images.problems(file, base, VERSION, false)).isEmpty());
    }
    assertThat(Images.bases("ARG A=x:latest\nFROM ${A} AS a\nFROM a\nFROM b:1 AS c\n"))
        .containsExactly("x:latest", "b:1");
  }

  @Test
  void theProgramTakesEveryCommandLine() {
    assertThat(ours()).hasSizeGreaterThan(8);
    assertThat(ours().stream().flatMap(c -> Commands.problems(c).stream())).isEmpty();
    assertThat(planted().get(0)).satisfies(c -> assertThat(Commands.problems(c)).hasSize(1));
    assertThat(Commands.problems(planted().get(2)))
        .containsExactly(
            "compose.yaml: slow: is killed after 60 s, expected at least 75 s for --drain 60");
  }

  @Test
  void theProgramKnowsEveryVariable() {
    assertThat(all().stream().flatMap(c -> Variables.problems(c).stream())).isEmpty();
    assertThat(Variables.problems(planted().get(0))).hasSize(3);
  }

  @Test
  void everyVariableOfAnEnvFileIsKnownToThoseWhoReadIt() {
    List<Path> files = DeployFolder.files("piecrust.env", "secrets.env.example", "api.env.example");
    assertThat(files).hasSizeGreaterThan(5);
    for (Path file : files) {
      assertThat(DeployFolder.variables(file).keySet())
          .as(DeployFolder.name(file))
          .allMatch(Variables::known);
    }
    assertThat(Variables.known("PIECRUST_ARTEFACTS")).isFalse();
  }

  @Test
  void oursMayDoNothingThatTheyNeedNot() {
    assertThat(ComposeFile.containers().stream().filter(Container::ours))
        .allSatisfy(c -> assertThat(Confinement.ofCompose(c)).isEmpty());
    assertThat(Manifests.workloads())
        .allSatisfy(workload -> assertThat(Confinement.ofPod(workload)).isEmpty());
    assertThat(Confinement.ofCompose(planted().get(0))).hasSize(5);
    for (String file : Images.OURS.values()) {
      assertThat(Confinement.ofImage(DeployFolder.text(file))).as(file).isEmpty();
    }
    assertThat(Confinement.ofImage("FROM x\nUSER root\n")).isNotEmpty();
  }

  @Test
  void nothingListensToOtherMachinesAndNoSecretHasADefault() {
    assertThat(Secrets.ofCompose(DeployFolder.text("compose.yaml"))).isEmpty();
    assertThat(Secrets.ofCompose(PLANTED))
        .containsExactlyInAnyOrder(
            "port 8080:8080 is open to other machines", "POSTGRES_PASSWORD: postgres");
    assertThat(Secrets.ofExamples()).isEmpty();
  }
}
