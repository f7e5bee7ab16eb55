package dev.piecrust.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The libraries that the build's CycloneDX report names, in order, without the program's own. */
final class Bom {
  private static final Path REPORT = Path.of("target/piecrust-bom.json");

  private Bom() {}

  static List<Component> components() throws IOException {
    return nodes(new ObjectMapper().readTree(REPORT.toFile()).required("components"))
        .filter(node -> !node.required("group").textValue().equals("dev.piecrust"))
        .map(Bom::component)
        .distinct()
        .sorted((a, b) -> (a.library() + a.version()).compareTo(b.library() + b.version()))
        .toList();
  }

  private static Component component(JsonNode node) {
    return new Component(
        node.required("group").textValue() + ':' + node.required("name").textValue(),
        node.required("version").textValue(),
        nodes(node.path("licenses")).map(Bom::licence).distinct().sorted().toList());
  }

  private static String licence(JsonNode node) {
    if (node.has("expression")) {
      return node.get("expression").textValue();
    }
    JsonNode licence = node.required("license");
    return (licence.has("id") ? licence.get("id") : licence.required("name")).textValue();
  }

  private static Stream<JsonNode> nodes(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
