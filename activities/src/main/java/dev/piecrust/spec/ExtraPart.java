package dev.piecrust.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The {@code extra:} of a language model: what JSON can hold, and may be passed on. */
final class ExtraPart {
  /**
   * What the program says itself, or what would change who answers, how often, or at what price:
   * the reservation of a call must hold.
   */
  private static final Set<String> TAKEN =
      Set.of(
          "model",
          "models",
          "messages",
          "system",
          "input",
          "max_tokens",
          "max_completion_tokens",
          "max_output_tokens",
          "max_tokens_to_sample",
          "n",
          "best_of",
          "num_completions",
          "stream",
          "stream_options",
          "response_format",
          "output_config",
          "output_format",
          "service_tier",
          "effort",
          "reasoning_effort",
          "temperature",
          "tools",
          "tool_choice",
          "functions",
          "web_search_options",
          "plugins",
          "mcp_servers",
          "container",
          "modalities",
          "audio",
          "cache_control",
          "inference_geo",
          "speed",
          "background",
          "api_key",
          "api_base",
          "base_url",
          "authorization");

  /** No provider's parameters are so deep, and no tree so large. */
  private static final int DEEPEST = 8;

  private static final int MOST_VALUES = 200;

  private final SpecProblems problems;
  private int values;

  ExtraPart(SpecProblems problems) {
    this.problems = problems;
  }

  Map<String, Object> read(YamlMap llm) {
    Node node = llm.node("extra").orElseThrow();
    String path = llm.path("extra");
    if (!(node instanceof MappingNode mapping)) {
      return wrong(node, path, "is %s".formatted(YamlMap.kind(node)), llm.expected("extra"))
          .<Map<String, Object>>map(none -> Map.of())
          .orElse(Map.of());
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && TAKEN.contains(key.getValue())) {
        wrong(key, path + "." + key.getValue(), "is not passed on", llm.expected("extra"));
      }
    }
    return object(mapping, path, 1).orElse(Map.of());
  }

  private Optional<Map<String, Object>> object(MappingNode mapping, String path, int depth) {
    Map<String, Object> object = new TreeMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        wrong(
            entry.getKeyNode(),
            path,
            "has %s as a key".formatted(YamlMap.kind(entry.getKeyNode())),
            "words as keys");
        return Optional.empty();
      }
      String name = key.getValue();
      if (object.containsKey(name)) {
        wrong(key, path + "." + name, "is given twice", "it once");
      }
      value(entry.getValueNode(), path + "." + name, depth)
          .ifPresent(value -> object.put(name, value));
    }
    return Optional.of(object);
  }

  private Optional<Object> value(Node node, String path, int depth) {
    values++;
    if (depth > DEEPEST || values > MOST_VALUES) {
      return wrong(
          node,
          path,
          "holds too much",
          "at most %d values, nested at most %d deep".formatted(MOST_VALUES, DEEPEST));
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, path, depth + 1).map(object -> object);
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        value(item, path, depth + 1).ifPresent(list::add);
      }
      return Optional.of(List.copyOf(list));
    }
    return node instanceof ScalarNode scalar ? scalar(scalar, path) : Optional.empty();
  }

  private Optional<Object> scalar(ScalarNode scalar, String path) {
    String text = scalar.getValue();
    if (scalar.getTag().equals(Tag.BOOL)) { // YAML's yes and on are words in JSON
      return Optional.of(text.matches("true|false") ? Boolean.valueOf(text) : text);
    }
    if (scalar.getTag().equals(Tag.INT) && text.matches("[-+]?\\d{1,9}")) {
      return Optional.of(Integer.valueOf(text));
    }
    if (scalar.getTag().equals(Tag.INT) && text.matches("[-+]?\\d{1,18}")) {
      return Optional.of(Long.valueOf(text));
    }
    if (scalar.getTag().equals(Tag.FLOAT) && text.matches("[-+]?[0-9.]+([eE][-+]?\\d{1,3})?")) {
      return Optional.of(Double.valueOf(text));
    }
    if (scalar.getTag().equals(Tag.STR)) {
      return Optional.of(text);
    }
    return wrong(
        scalar, path, "is %s".formatted(YamlMap.kind(scalar)), "a number, a text, true or false");
  }

  private Optional<Object> wrong(Node node, String path, String what, String expected) {
    problems.add(node.getStartMark(), path, what + ", expected " + expected);
    return Optional.empty();
  }
}
