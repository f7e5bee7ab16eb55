package dev.piecrust.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.Quote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which file of a checkpoint's folder holds which tensor.
 *
 * @param source the index, or the one file
 * @param files the files to open
 * @param placed the file that each tensor is said to be in; empty without an index
 */
record ShardIndex(Path source, List<Path> files, Map<String, Path> placed) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  static ShardIndex of(Path folder) {
    Path index = folder.resolve(INDEX);
    Path single = folder.resolve(SINGLE);
    if (Files.isRegularFile(index)) {
      return read(folder, index);
    }
    if (Files.isRegularFile(single)) {
      return new ShardIndex(single, List.of(single), Map.of());
    }
    throw PieCrustException.user(
        "%s: holds no weights; expected %s or %s in this folder", folder, SINGLE, INDEX);
  }

  private static ShardIndex read(Path folder, Path index) {
    Map<String, Path> placed = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : weightMap(index).properties()) {
      String file = entry.getValue().asText();
      if (!file.endsWith(".safetensors") || file.contains("/") || file.contains("\\")) {
        throw PieCrustException.user(
            "%s: tensor '%s' is placed in '%s'; expected the name of a .safetensors file beside"
                + " the index",
            index, Quote.of(entry.getKey()), Quote.of(file));
      }
      Path path = folder.resolve(file);
      if (!Files.isRegularFile(path)) {
        throw PieCrustException.user(
            "%s: tensor '%s' is placed in '%s'; expected that file in the same folder",
            index, Quote.of(entry.getKey()), Quote.of(file));
      }
      placed.put(entry.getKey(), path);
    }
    return new ShardIndex(index, placed.values().stream().distinct().sorted().toList(), placed);
  }

  private static JsonNode weightMap(Path index) {
    String expected = "a 'weight_map' of tensors to files";
    JsonNode map =
        new InputFile(index, index.toString(), expected).json(InputFile.WHOLE).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw PieCrustException.user(
          "%s: its weight_map is %s; expected %s",
          index,
          map.isMissingNode() ? "missing" : map.isEmpty() ? "empty" : Quote.value(map),
          expected);
    }
    return map;
  }

  /** Refuses shards that do not hold what the index says they hold. */
  void check(Set<String> names, Function<String, Path> fileOf) {
    placed.forEach(
        (name, path) -> {
          if (!names.contains(name) || !fileOf.apply(name).equals(path)) {
            throw PieCrustException.user(
                "%s: tensor '%s' is not in '%s'; expected it there",
                source, Quote.of(name), path.getFileName());
          }
        });
  }
}
