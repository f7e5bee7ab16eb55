package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * JSON Schemas of Kubernetes' objects in the files that kubeconform looks for, made from what
 * Kubernetes publishes: its OpenAPI description, and definitions of further objects (CRDs). A field
 * that an object does not have is a mistake.
 */
final class KubernetesSchemas {
  /** What kubeconform makes a file's name of. */
  static final String FILE = "{{ .ResourceKind }}{{ .KindSuffix }}.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITIONS = "#/definitions/";

  /** These are given as numbers too. */
  private static final Set<String> NUMBERS_TOO =
      Set.of(
          "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
          "io.k8s.apimachinery.pkg.api.resource.Quantity");

  private final Path folder;

  KubernetesSchemas(Path folder) {
    this.folder = folder;
  }

  /** Writes those of an OpenAPI description (version 2). */
  void addOpenApi(Path description) throws IOException {
    JsonNode definitions = JSON.readTree(description.toFile()).path("definitions");
    NUMBERS_TOO.forEach(
        name -> ((ObjectNode) definitions.path(name)).putArray("type").add("string").add("number"));
    close(definitions);
    for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
      for (JsonNode kind : definition.getValue().path("x-kubernetes-group-version-kind")) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$ref", DEFINITIONS + definition.getKey());
        ObjectNode needed = schema.putObject("definitions");
        needed(definitions, definition.getKey()).forEach(needed::set);
        write(text(kind, "group"), text(kind, "version"), text(kind, "kind"), schema);
      }
    }
  }

  /** Writes that of a definition of a further object, in YAML. */
  void addCustom(Path definition) throws IOException {
    JsonNode spec = DeployFolder.documents(definition).get(0).path("spec");
    for (JsonNode version : spec.path("versions")) {
      JsonNode schema = version.at("/schema/openAPIV3Schema");
      close(schema);
      write(text(spec, "group"), text(version, "name"), spec.at("/names/kind").asText(), schema);
    }
  }

  private void write(String group, String version, String kind, JsonNode schema)
      throws IOException {
    String beginning = group.isEmpty() ? "" : "-" + group.split("\\.", 2)[0];
    String name = (kind + beginning + "-" + version).toLowerCase(Locale.ROOT);
    Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(schema));
  }

  /** A definition and all that it refers to. */
  private static Map<String, JsonNode> needed(JsonNode definitions, String name) {
    Map<String, JsonNode> needed = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(Set.of(name));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (needed.putIfAbsent(next, definitions.path(next)) == null) {
        definitions.path(next).findValuesAsText("$ref").stream()
            .filter(reference -> reference.startsWith(DEFINITIONS)) // not a field of that name
            .map(reference -> reference.substring(DEFINITIONS.length()))
            .forEach(open::push);
      }
    }
    return needed;
  }

  /** Objects have the fields that they are said to have, and no others. */
  private static void close(JsonNode schema) {
    if (schema instanceof ArrayNode) {
      schema.forEach(KubernetesSchemas::close);
    } else if (schema instanceof ObjectNode node) {
      node.forEach(KubernetesSchemas::close);
      boolean open = node.path("x-kubernetes-preserve-unknown-fields").asBoolean();
      if (node.path("properties").isObject() && !node.has("additionalProperties") && !open) {
        node.put("additionalProperties", false);
      }
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
