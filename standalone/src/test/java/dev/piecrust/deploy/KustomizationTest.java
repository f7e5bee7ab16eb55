package dev.piecrust.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.embedded.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kustomize puts together fits together. */
final class KustomizationTest {
  static List<Kustomization> kustomizations() {
    return Kustomization.all();
  }

  static List<Kustomization> overlays() {
    return Kustomization.all().stream()
        .filter(one -> one.folder().toString().contains("overlays"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void namesFilesThatExist(Kustomization one) {
    assertThat(one.resources()).allMatch(Files::exists);
    assertThat(one.patchFiles()).allMatch(Files::isRegularFile);
    assertThat(one.generatorFiles())
        .allMatch(
            file -> Files.isRegularFile(file) || Files.isRegularFile(Path.of(file + ".example")));
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void leavesNoFileOut(Kustomization one) {
    Set<Path> named = new HashSet<>(one.resources());
    named.addAll(one.patchFiles());
    assertThat(
            DeployFolder.files(".yaml").stream()
                .filter(file -> one.folder().equals(file.resolveSibling("")))
                .filter(file -> !file.endsWith(Kustomization.FILE)))
        .allMatch(named::contains);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void patchesWhatExists(Kustomization overlay) {
    List<Manifests.Manifest> manifests = overlay.manifests();
    for (JsonNode patch : overlay.node().path("patches")) {
      JsonNode target = patch.path("target");
      if (target.isMissingNode()) {
        JsonNode node =
            DeployFolder.documents(overlay.folder().resolve(patch.path("path").asText())).get(0);
        assertThat(manifests).anyMatch(manifest -> isPatchedBy(manifest, node));
      } else {
        assertThat(manifests)
            .anyMatch(
                manifest ->
                    manifest.kind().equals(target.path("kind").asText())
                        && manifest.name().matches(target.path("name").asText()));
      }
    }
    for (JsonNode replicas : overlay.node().path("replicas")) {
      assertThat(manifests)
          .anyMatch(
              manifest ->
                  manifest.name().equals(replicas.path("name").asText())
                      && manifest.node().path("spec").has("replicas"));
    }
  }

  /** The object is there, and so are the containers that the patch names. */
  private static boolean isPatchedBy(Manifests.Manifest manifest, JsonNode patch) {
    Set<String> containers = names(manifest.pod().path("containers"));
    return manifest.kind().equals(patch.path("kind").asText())
        && manifest.name().equals(patch.path("metadata").path("name").asText())
        && containers.containsAll(
            names(patch.path("spec").path("template").path("spec").path("containers")));
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new HashSet<>();
    list.forEach(item -> names.add(item.path("name").asText()));
    return names;
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void whatObjectsNameOfEachOtherIsThere(Kustomization overlay) {
    assertThat(References.problems(overlay.manifests(), overlay.generated())).isEmpty();
  }

  @Test
  void noticesNamesThatAreNot() {
    Path file = DeployFolder.ROOT.resolve("planted.yaml");
    List<Manifests.Manifest> planted =
        DeployFolder.documents(
                """
                kind: Deployment
                metadata: {name: a}
                spec:
                  selector: {matchLabels: {app: b}}
                  template:
                    metadata: {labels: {app: a}}
                    spec:
                      serviceAccountName: nobody
                      containers:
                        - name: a
                          envFrom: [{secretRef: {name: none}}]
                          readinessProbe: {httpGet: {path: /, port: web}}
                          volumeMounts: [{name: tmp, mountPath: /tmp}]
                      volumes: [{name: models, persistentVolumeClaim: {claimName: none}}]
                ---
                kind: Service
                metadata: {name: a}
                spec: {selector: {app: c}, ports: [{name: http, targetPort: http}]}
                ---
                kind: HorizontalPodAutoscaler
                metadata: {name: a}
                spec: {scaleTargetRef: {kind: Deployment, name: z}}
                """)
            .stream()
            .map(node -> Manifests.manifest(file, node))
            .toList();
    assertThat(References.problems(planted, Set.of())).hasSize(9);
  }

  @Test
  void theAutoscalerAloneSaysHowManyThereAre() {
    for (Manifests.Manifest scaler : Manifests.all()) {
      if (scaler.kind().equals("HorizontalPodAutoscaler")) {
        String target = scaler.node().at("/spec/scaleTargetRef/name").asText();
        assertThat(Manifests.workloads())
            .filteredOn(workload -> workload.name().equals(target))
            .hasSize(1)
            .allMatch(workload -> !workload.node().path("spec").has("replicas"));
      }
    }
  }

  @Test
  void filesWithSecretsStayOutOfTheRepository() {
    List<String> ignored = DeployFolder.text(Program.ROOT.resolve(".gitignore")).lines().toList();
    for (Path example : DeployFolder.files(".example")) {
      String file = "/" + DeployFolder.name(example).replaceAll("\\.example$", "");
      String anyOverlay = file.replaceAll("overlays/[^/]+/", "overlays/*/");
      assertThat(Stream.of(file, anyOverlay)).anyMatch(ignored::contains);
    }
  }
}
