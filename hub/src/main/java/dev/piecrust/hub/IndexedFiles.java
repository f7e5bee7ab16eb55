package dev.piecrust.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.InputYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The files that a repository's small files name. */
final class IndexedFiles {
  private IndexedFiles() {}

  /** Those that a model's index places tensors in. */
  static List<String> shards(Path index) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode file :
        new InputFile(index, index.toString(), "a 'weight_map' of tensors to files")
            .json(InputFile.WHOLE)
            .path("weight_map")) {
      names.add(file.asText());
    }
    return List.copyOf(names);
  }

  /** Those that the {@code config.yaml} of a set of transcoders lists; none where it is silent. */
  static List<String> transcoders(Path config) {
    String expected = "keys and values of a set of transcoders";
    String text = new InputFile(config, config.toString(), expected).text(InputFile.SMALL);
    return new InputYaml(config.toString(), expected).load(text) instanceof Map<?, ?> values
            && values.get("transcoders") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }
}
