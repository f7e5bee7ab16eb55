package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder that kustomize builds.
 *
 * @param folder where its {@code kustomization.yaml} is
 * @param node what that says
 */
record Kustomization(Path folder, JsonNode node) {
  static final String FILE = "kustomization.yaml";

  /** All of them: base, overlays and what these take in. */
  static List<Kustomization> all() {
    return DeployFolder.files(FILE).stream()
        .map(
            file -> new Kustomization(file.resolveSibling(""), DeployFolder.documents(file).get(0)))
        .toList();
  }

  /** What it takes in, files and folders. */
  List<Path> resources() {
    return DeployFolder.texts(node.path("resources")).stream()
        .map(resource -> folder.resolve(resource).normalize())
        .toList();
  }

  List<Path> resourceFiles() {
    return resources().stream().filter(Files::isRegularFile).toList();
  }

  /** Itself and all that it takes in. */
  List<Kustomization> withBases() {
    List<Kustomization> all = new ArrayList<>(List.of(this));
    for (Path resource : resources()) {
      Kustomization.all().stream()
          .filter(other -> other.folder().equals(resource))
          .forEach(other -> all.addAll(other.withBases()));
    }
    return all;
  }

  /** The objects of its own and of its bases, without those that are generated. */
  List<Manifests.Manifest> manifests() {
    return withBases().stream()
        .flatMap(kustomization -> kustomization.resourceFiles().stream())
        .flatMap(
            file ->
                DeployFolder.documents(file).stream()
                    .map(document -> Manifests.manifest(file, document)))
        .toList();
  }

  /** The files that its patches are in. */
  List<Path> patchFiles() {
    return Stream.of(node.path("patches"))
        .flatMap(patches -> stream(patches))
        .map(patch -> folder.resolve(patch.path("path").asText()))
        .toList();
  }

  /** Names of the config maps and secrets that it and its bases generate, as {@code kind name}. */
  Set<String> generated() {
    Set<String> names = new TreeSet<>();
    for (Kustomization kustomization : withBases()) {
      stream(kustomization.node.path("configMapGenerator"))
          .forEach(generator -> names.add("ConfigMap " + generator.path("name").asText()));
      stream(kustomization.node.path("secretGenerator"))
          .forEach(generator -> names.add("Secret " + generator.path("name").asText()));
    }
    return names;
  }

  /** The files that its generators read. */
  List<Path> generatorFiles() {
    return Stream.of("configMapGenerator", "secretGenerator")
        .flatMap(kind -> stream(node.path(kind)))
        .flatMap(generator -> Stream.of(generator.path("envs"), generator.path("files")))
        .flatMap(files -> DeployFolder.texts(files).stream())
        .map(folder::resolve)
        .toList();
  }

  static Stream<JsonNode> stream(JsonNode list) {
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    return items.stream();
  }
}
