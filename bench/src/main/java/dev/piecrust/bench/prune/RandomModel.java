package dev.piecrust.bench.prune;

import static dev.piecrust.failure.PieCrustException.external;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A model of random weights in the names, config and files in which one was published. The rows of
 * matrices have unit length, in mean, which at the published widths is the deviation of 0.02 that
 * training began with, and keeps the size of numbers at any other.
 */
record RandomModel(BenchShape shape) {
  /** What each of the files holds, by its name; decided without writing anything. */
  SortedMap<String, List<RandomTensor>> files() {
    return new Shards(shape.published().fileBytes(shape.parameters()), shape.dtype())
        .of(registered());
  }

  /** {@code config.json}. */
  ObjectNode config() {
    ObjectNode config = shape.published().config();
    if (config.has("head_dim") || shape.queries() != shape.width()) {
      config.put("head_dim", shape.headSize());
    }
    config
        .put("hidden_size", shape.width())
        .put("intermediate_size", shape.inner())
        .put("num_attention_heads", shape.heads())
        .put("num_hidden_layers", shape.layers())
        .put("num_key_value_heads", shape.keyValueHeads())
        .put("torch_dtype", shape.bf16() == 0 ? "float32" : "bfloat16")
        .put("vocab_size", shape.vocabulary());
    shape.published().specials(shape.vocabulary()).stream()
        .collect(groupingBy(Published.Special::key, mapping(Published.Special::id, toList())))
        .forEach((key, ids) -> config.set(key, ids.size() == 1 ? number(ids.get(0)) : list(ids)));
    return config;
  }

  private static JsonNode number(int id) {
    return IntNode.valueOf(id);
  }

  private static JsonNode list(List<Integer> ids) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ids.forEach(list::add);
    return list;
  }

  /** Writes what is small: the config and the tokenizer. */
  void writeSettings(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), config().toPrettyString());
      Files.writeString(
          folder.resolve("tokenizer.json"), new RandomTokenizer(shape).json().toString());
    } catch (IOException e) {
      throw external(folder + ": cannot be written (" + e + ")", e);
    }
  }

  /** Writes the weights, and an index where they take more than one file. */
  void writeWeights(Path folder, RandomPool pool) {
    SortedMap<String, List<RandomTensor>> files = files();
    files.forEach(
        (name, tensors) ->
            new RandomFile(tensors, shape.dtype()).write(folder.resolve(name), pool));
    if (files.size() > 1) {
      Path index = folder.resolve("model.safetensors.index.json");
      try {
        Files.writeString(index, index(files).toPrettyString());
      } catch (IOException e) {
        throw external(index + ": cannot be written (" + e + ")", e);
      }
    }
  }

  private ObjectNode index(Map<String, List<RandomTensor>> files) {
    ObjectNode index = new ObjectMapper().createObjectNode();
    index.putObject("metadata").put("total_size", shape.modelBytes());
    ObjectNode places = index.putObject("weight_map");
    files.forEach((file, tensors) -> tensors.forEach(tensor -> places.put(tensor.name(), file)));
    return index;
  }

  /**
   * The tensors as transformers registers them, which decides where files end: in each layer the
   * matrices, then the norms.
   */
  private List<RandomTensor> registered() {
    Map<String, List<RandomTensor>> blocks = new LinkedHashMap<>();
    shape
        .tensors()
        .forEach(
            (name, sides) ->
                blocks
                    .computeIfAbsent(block(name), key -> new ArrayList<>())
                    .add(tensor(name, sides)));
    Comparator<RandomTensor> matricesFirst = Comparator.comparing(tensor -> -tensor.shape().size());
    return blocks.values().stream().flatMap(block -> block.stream().sorted(matricesFirst)).toList();
  }

  /** The layer that a tensor is in, or itself. */
  private static String block(String name) {
    return name.replaceFirst("^(model\\.layers\\.\\d+)\\..*", "$1");
  }

  private RandomTensor tensor(String name, Shape sides) {
    return sides.dimension() == 1
        ? RandomTensor.constant(name, shape.published().norm(), sides.getShape())
        : RandomTensor.normal(name, shape.unitRow(), sides.getShape());
  }
}
