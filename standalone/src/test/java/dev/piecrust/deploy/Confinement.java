package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a container must not be allowed: root, writing to its image, gaining rights. */
final class Confinement {
  /** The last one is the user that the image runs as. */
  private static final Pattern LAST_USER =
      Pattern.compile("(?s).*\\nUSER (?!0)\\d+:\\d+\\n(?!.*\\nUSER ).*");

  /** The only image whose start writes into its own folders. */
  private static final String WRITES_ITS_ROOT = "temporalio/auto-setup";

  private Confinement() {}

  static List<String> ofCompose(Container container) {
    JsonNode node = container.node();
    List<String> problems = new ArrayList<>();
    if (!node.path("read_only").asBoolean()) {
      problems.add("its root can be written");
    }
    if (!DeployFolder.texts(node.path("cap_drop")).contains("ALL")) {
      problems.add("it keeps capabilities");
    }
    if (!DeployFolder.texts(node.path("security_opt")).contains("no-new-privileges:true")) {
      problems.add("it may gain privileges");
    }
    if (!DeployFolder.texts(node.path("tmpfs")).contains("/tmp")) {
      problems.add("it has no /tmp");
    }
    if (node.has("privileged") || node.has("user") || node.has("network_mode")) {
      problems.add("it has more rights than its image asks for");
    }
    return problems;
  }

  static List<String> ofPod(Manifests.Manifest workload) {
    List<String> problems = new ArrayList<>();
    JsonNode pod = workload.pod();
    check(
        pod,
        Map.of(
            "/securityContext/runAsNonRoot", node -> node.asBoolean(),
            "/securityContext/runAsUser", node -> node.asInt() > 0,
            "/securityContext/seccompProfile/type", node -> node.asText().equals("RuntimeDefault"),
            "/automountServiceAccountToken", node -> node.isBoolean() && !node.asBoolean()),
        problems);
    for (Container container : Manifests.containers(workload)) {
      ofContainer(container, problems);
    }
    return problems;
  }

  private static void ofContainer(Container container, List<String> problems) {
    boolean writes = container.image().startsWith(WRITES_ITS_ROOT);
    check(
        container.node(),
        Map.of(
            "/securityContext/readOnlyRootFilesystem", node -> node.asBoolean() || writes,
            "/securityContext/allowPrivilegeEscalation",
                node -> node.isBoolean() && !node.asBoolean(),
            "/securityContext/capabilities/drop/0", node -> node.asText().equals("ALL"),
            "/resources/requests/cpu", node -> !node.asText().isEmpty(),
            "/resources/requests/memory", node -> !node.asText().isEmpty(),
            "/resources/limits/memory", node -> !node.asText().isEmpty()),
        problems);
  }

  private static void check(
      JsonNode node, Map<String, Predicate<JsonNode>> expected, List<String> problems) {
    expected.forEach(
        (pointer, right) -> {
          if (!right.test(node.at(pointer))) {
            problems.add(pointer + " is " + node.at(pointer));
          }
        });
  }

  static List<String> ofImage(String containerfile) {
    List<String> problems = new ArrayList<>();
    if (!LAST_USER.matcher(containerfile).matches()) {
      problems.add("its last USER is not a number other than 0");
    }
    for (String needed :
        List.of("HEALTHCHECK", "VOLUME", "ENTRYPOINT [\"/opt/piecrust/piecrust\"]")) {
      if (!containerfile.contains("\n" + needed)) {
        problems.add("it has no " + needed);
      }
    }
    return problems;
  }
}
