package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The containers of {@code compose.yaml}. */
final class ComposeFile {
  private static final int DEFAULT_GRACE_SECONDS = 10;

  private ComposeFile() {}

  static JsonNode read() {
    return DeployFolder.document("compose.yaml");
  }

  static List<Container> containers() {
    return containers(read());
  }

  static List<Container> containers(JsonNode compose) {
    List<Container> containers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
      JsonNode node = service.getValue();
      containers.add(
          new Container(
              "compose.yaml: " + service.getKey(),
              node.path("image").asText(),
              DeployFolder.texts(node.path("command")),
              variables(node),
              seconds(node.path("stop_grace_period").asText()),
              node));
    }
    return containers;
  }

  private static Set<String> variables(JsonNode service) {
    Set<String> names = new TreeSet<>();
    service.path("environment").fieldNames().forEachRemaining(names::add);
    for (JsonNode file : service.path("env_file")) {
      String example = file.path("path").asText() + ".example";
      names.addAll(DeployFolder.variables(DeployFolder.ROOT.resolve(example)).keySet());
    }
    return names;
  }

  private static int seconds(String duration) {
    return duration.isEmpty()
        ? DEFAULT_GRACE_SECONDS
        : Integer.parseInt(duration.substring(0, duration.length() - 1));
  }
}
