package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The files that a repository's small files name. */
final class IndexedFiles {
  private IndexedFiles() {}

  /** Those that a model's index places tensors in. */
  static List<String> shards(Path index) {
    try {
      TreeSet<String> names = new TreeSet<>();
      for (JsonNode file : Json.mapper().readTree(Files.readString(index)).path("weight_map")) {
        names.add(file.asText());
      }
      return List.copyOf(names);
    } catch (IOException e) {
      throw user("%s: is not valid JSON, expected a 'weight_map' of tensors to files", index);
    }
  }

  /** Those that the {@code config.yaml} of a set of transcoders lists; none where it is silent. */
  static List<String> transcoders(Path config) {
    try {
      Object root =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(config));
      return root instanceof Map<?, ?> values && values.get("transcoders") instanceof List<?> names
          ? names.stream().map(String::valueOf).toList()
          : List.of();
    } catch (YAMLException | IOException e) {
      throw user("%s: is not YAML, expected keys and values", config);
    }
  }
}
