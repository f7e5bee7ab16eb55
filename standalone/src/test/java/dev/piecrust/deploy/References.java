package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Kubernetes objects name of each other, and is not there. */
final class References {
  private final List<Manifests.Manifest> manifests;
  private final Set<String> generated;
  private final List<String> problems = new ArrayList<>();

  private References(List<Manifests.Manifest> manifests, Set<String> generated) {
    this.manifests = manifests;
    this.generated = generated;
  }

  /**
   * @param generated config maps and secrets that are generated, as {@code kind name}
   */
  static List<String> problems(List<Manifests.Manifest> manifests, Set<String> generated) {
    References references = new References(manifests, generated);
    manifests.forEach(references::check);
    return references.problems;
  }

  private void check(Manifests.Manifest manifest) {
    JsonNode spec = manifest.node().path("spec");
    switch (manifest.kind()) {
      case "Deployment", "StatefulSet", "Job" -> checkPod(manifest);
      case "Service" -> checkService(manifest);
      case "HorizontalPodAutoscaler" -> {
        JsonNode target = spec.path("scaleTargetRef");
        need(manifest, target.path("kind").asText() + " " + target.path("name").asText());
      }
      case "PodDisruptionBudget" -> selected(manifest, spec.path("selector"));
      case "NetworkPolicy" -> selected(manifest, spec.path("podSelector"));
      case "Ingress" ->
          spec.findValues("service")
              .forEach(service -> need(manifest, "Service " + service.path("name").asText()));
      default -> {}
    }
  }

  private void checkPod(Manifests.Manifest workload) {
    JsonNode spec = workload.node().path("spec");
    if (spec.has("selector") && !matches(spec.path("selector"), workload.podLabels())) {
      problems.add(workload.where() + ": its selector is not its pods'");
    }
    if (workload.pod().has("serviceAccountName")) {
      need(workload, "ServiceAccount " + workload.pod().path("serviceAccountName").asText());
    }
    Set<String> volumes = new HashSet<>();
    for (JsonNode volume : workload.pod().path("volumes")) {
      volumes.add(volume.path("name").asText());
      needFrom(workload, volume, "/persistentVolumeClaim/claimName", "PersistentVolumeClaim");
      needFrom(workload, volume, "/configMap/name", "ConfigMap");
    }
    spec.path("volumeClaimTemplates")
        .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
    Manifests.containers(workload)
        .forEach(container -> checkContainer(workload, container, volumes));
  }

  private void checkContainer(
      Manifests.Manifest workload, Container container, Set<String> volumes) {
    JsonNode node = container.node();
    for (JsonNode mount : node.path("volumeMounts")) {
      if (!volumes.contains(mount.path("name").asText())) {
        problems.add(container.where() + ": no volume " + mount.path("name").asText());
      }
    }
    for (JsonNode source : node.path("envFrom")) {
      needFrom(workload, source, "/configMapRef/name", "ConfigMap");
      needFrom(workload, source, "/secretRef/name", "Secret");
    }
    for (JsonNode variable : node.path("env")) {
      needFrom(workload, variable, "/valueFrom/secretKeyRef/name", "Secret");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      for (String way : List.of("/httpGet/port", "/tcpSocket/port")) {
        JsonNode port = field.getValue().at(way);
        if (!port.isMissingNode() && !ports(node).contains(port.asText())) {
          problems.add(container.where() + ": probes the port " + port.asText());
        }
      }
    }
  }

  private static Set<String> ports(JsonNode container) {
    Set<String> ports = new HashSet<>();
    for (JsonNode port : container.path("ports")) {
      ports.add(port.path("name").asText());
      ports.add(port.path("containerPort").asText());
    }
    return ports;
  }

  private void checkService(Manifests.Manifest service) {
    JsonNode selector = service.node().path("spec").path("selector");
    List<Manifests.Manifest> behind =
        manifests.stream()
            .filter(manifest -> !manifest.pod().isMissingNode())
            .filter(manifest -> containsAll(manifest.podLabels(), selector))
            .toList();
    if (behind.isEmpty()) {
      problems.add(service.where() + ": nobody is behind it");
    }
    for (JsonNode port : service.node().path("spec").path("ports")) {
      boolean open =
          behind.stream()
              .flatMap(workload -> Manifests.containers(workload).stream())
              .anyMatch(c -> ports(c.node()).contains(port.path("targetPort").asText()));
      if (!open) {
        problems.add(service.where() + ": no port " + port.path("targetPort").asText());
      }
    }
  }

  /** Every pod that the selector means must be of some workload; an empty one means all. */
  private void selected(Manifests.Manifest manifest, JsonNode selector) {
    for (JsonNode value : selector.path("matchLabels")) {
      needLabel(manifest, value.asText());
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      expression.path("values").forEach(value -> needLabel(manifest, value.asText()));
    }
  }

  private void needLabel(Manifests.Manifest manifest, String value) {
    boolean there =
        manifests.stream()
            .anyMatch(m -> m.podLabels().path("app.kubernetes.io/name").asText().equals(value));
    if (!there) {
      problems.add(manifest.where() + ": no pods are called " + value);
    }
  }

  private void needFrom(Manifests.Manifest manifest, JsonNode node, String pointer, String kind) {
    JsonNode name = node.at(pointer);
    if (!name.isMissingNode()) {
      need(manifest, kind + " " + name.asText());
    }
  }

  private void need(Manifests.Manifest manifest, String object) {
    boolean there =
        generated.contains(object)
            || manifests.stream().anyMatch(m -> (m.kind() + " " + m.name()).equals(object));
    if (!there) {
      problems.add(manifest.where() + ": no " + object);
    }
  }

  private static boolean matches(JsonNode selector, JsonNode labels) {
    return containsAll(labels, selector.path("matchLabels"));
  }

  private static boolean containsAll(JsonNode labels, JsonNode wanted) {
    return !wanted.isEmpty()
        && wanted.properties().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
  }
}
