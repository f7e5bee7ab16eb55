package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where the program is asked for its health and its metrics; {@link EndpointsIT} asks it. */
final class Endpoints {
  static final Set<String> PATHS = Set.of("/q/health/live", "/q/health/ready", "/q/metrics");

  /** Of names, and of whatever speaks HTTPS. */
  private static final Set<String> COMMON_PORTS = Set.of("53", "443");

  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)(/[\\w/]*)");

  private Endpoints() {}

  /** Where health and metrics are, in all containers. */
  static String management() {
    return setting("QUARKUS_MANAGEMENT_PORT");
  }

  /** Where the API is. */
  static String api() {
    List<String> arguments =
        Manifests.containers().stream()
            .map(Container::arguments)
            .filter(all -> all.contains("--port") && all.contains("serve"))
            .findFirst()
            .orElseThrow();
    return arguments.get(arguments.indexOf("--port") + 1);
  }

  private static String setting(String name) {
    return Optional.ofNullable(
            DeployFolder.variables(DeployFolder.ROOT.resolve("kubernetes/base/piecrust.env"))
                .get(name))
        .orElseThrow();
  }

  /** The ports of what the program connects to, as its settings have them. */
  static Set<String> servicePorts() {
    Set<String> ports = new TreeSet<>(COMMON_PORTS);
    String temporal = setting("TEMPORAL_ADDRESS");
    ports.add(temporal.substring(temporal.indexOf(':') + 1));
    String database = setting("PIECRUST_DATABASE_URL");
    ports.add(Integer.toString(URI.create(database.substring("jdbc:".length())).getPort()));
    ports.add(Integer.toString(URI.create(setting("PIECRUST_S3_ENDPOINT")).getPort()));
    return ports;
  }

  static List<String> problems(Manifests.Manifest workload, Container container) {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : container.node().properties()) {
      JsonNode probe = field.getValue().path("httpGet");
      if (!probe.isMissingNode()) {
        expectPath(probe.path("path").asText(), field.getKey(), problems);
        if (!probe.path("port").asText().equals("management")) {
          problems.add(field.getKey() + " asks at " + probe.path("port").asText());
        }
      }
    }
    for (JsonNode open : container.node().path("ports")) {
      String right = open.path("name").asText().equals("http") ? api() : management();
      expect(right, open.path("containerPort").asText(), "containerPort", problems);
    }
    JsonNode annotations = workload.node().at("/spec/template/metadata/annotations");
    if (annotations.has("prometheus.io/scrape")) {
      expect(management(), annotations.path("prometheus.io/port").asText(), "scraping", problems);
      expectPath(annotations.path("prometheus.io/path").asText(), "scraping", problems);
    }
    return problems;
  }

  static List<String> ofImage(String containerfile) {
    List<String> problems = new ArrayList<>();
    if (!containerfile.matches("(?s).*\\nEXPOSE [0-9 ]*\\b" + management() + "\\n.*")) {
      problems.add("it does not expose the port");
    }
    if (!containerfile.contains("QUARKUS_MANAGEMENT_PORT=" + management())) {
      problems.add("it does not set the port");
    }
    List<MatchResult> urls = URL.matcher(containerfile).results().toList();
    if (urls.isEmpty()) {
      problems.add("its health is not asked for");
    }
    for (MatchResult url : urls) {
      expect(management(), url.group(1), "HEALTHCHECK", problems);
      expectPath(url.group(2), "HEALTHCHECK", problems);
    }
    return problems;
  }

  private static void expectPath(String path, String where, List<String> problems) {
    if (!PATHS.contains(path)) {
      problems.add(where + " asks for " + path);
    }
  }

  private static void expect(String right, String port, String where, List<String> problems) {
    if (!port.equals(right)) {
      problems.add("%s: port %s, expected %s".formatted(where, port, right));
    }
  }
}
