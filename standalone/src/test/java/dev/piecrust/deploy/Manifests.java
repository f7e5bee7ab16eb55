package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The Kubernetes objects under {@code kubernetes/}, patches left out. */
final class Manifests {
  /** The containers that run to an end before the others, and the others. */
  private static final List<String> PLACES = List.of("initContainers", "containers");

  private static final int DEFAULT_GRACE_SECONDS = 30;

  private Manifests() {}

  /**
   * An object.
   *
   * @param where file, kind and name, for messages
   */
  record Manifest(String where, JsonNode node) {
    String kind() {
      return node.path("kind").asText();
    }

    String name() {
      return node.path("metadata").path("name").asText();
    }

    /** What it starts; a missing node where it starts nothing. */
    JsonNode pod() {
      return node.path("spec").path("template").path("spec");
    }

    JsonNode podLabels() {
      return node.path("spec").path("template").path("metadata").path("labels");
    }
  }

  /** The objects that are resources of the base or an overlay. */
  static List<Manifest> all() {
    return Kustomization.all().stream()
        .flatMap(kustomization -> kustomization.resourceFiles().stream())
        .flatMap(Manifests::in)
        .toList();
  }

  private static Stream<Manifest> in(Path file) {
    return DeployFolder.documents(file).stream().map(node -> manifest(file, node));
  }

  static Manifest manifest(Path file, JsonNode node) {
    return new Manifest(
        "%s: %s %s"
            .formatted(
                DeployFolder.name(file),
                node.path("kind").asText(),
                node.path("metadata").path("name").asText()),
        node);
  }

  /** Those that start pods. */
  static List<Manifest> workloads() {
    return all().stream().filter(manifest -> !manifest.pod().isMissingNode()).toList();
  }

  static List<Container> containers() {
    return workloads().stream().flatMap(workload -> containers(workload).stream()).toList();
  }

  static List<Container> containers(Manifest workload) {
    List<Container> containers = new ArrayList<>();
    for (String place : PLACES) {
      for (JsonNode node : workload.pod().path(place)) {
        containers.add(
            new Container(
                workload.where() + ", container " + node.path("name").asText(),
                node.path("image").asText(),
                DeployFolder.texts(node.path("args")),
                variables(node),
                workload.pod().path("terminationGracePeriodSeconds").asInt(DEFAULT_GRACE_SECONDS),
                node));
      }
    }
    return containers;
  }

  private static Set<String> variables(JsonNode container) {
    Set<String> names = new TreeSet<>();
    container.path("env").forEach(variable -> names.add(variable.path("name").asText()));
    return names;
  }
}
