package dev.piecrust.campaign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a spec with known keys. What is wrong in it is noted and read as if it were missing,
 * so that the rest can be checked too.
 */
final class YamlMap {
  private final String path;
  private final Mark at;
  private final SpecProblems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private boolean broken;

  /**
   * @param path of the mapping, such as {@code prune}, or empty for the whole file
   * @param at where the mapping is, for what is missing in it
   */
  private YamlMap(String path, Mark at, SpecProblems problems) {
    this.path = path;
    this.at = at;
    this.problems = problems;
  }

  /** The mapping at a node, which may have these keys and no others. */
  static YamlMap of(String path, Node node, List<String> keys, SpecProblems problems) {
    YamlMap map = new YamlMap(path, node.getStartMark(), problems);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> map.take(entry, keys));
    } else {
      map.broken = true;
      problems.add(
          node.getStartMark(),
          path.isEmpty() ? "spec" : path,
          "is %s, expected keys: %s".formatted(kind(node), String.join(", ", keys)));
    }
    return map;
  }

  /** The value's node; a value left empty counts as missing. */
  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * Like {@link #node}, and notes where it is missing what was expected. In what is no mapping at
   * all, nothing more is called missing.
   */
  Optional<Node> required(String key, String expected) {
    Optional<Node> node = node(key);
    if (node.isEmpty() && !broken) {
      problems.add(at, path(key), "is missing, expected " + expected);
    }
    return node;
  }

  /** The key's path from the top of the file. */
  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The nested mapping under a key; an empty one where it is missing. */
  YamlMap map(String key, List<String> keys) {
    return node(key)
        .map(node -> of(path(key), node, keys, problems))
        .orElseGet(() -> new YamlMap(path(key), at, problems));
  }

  /** The items of a list under a key. */
  Optional<List<Node>> list(String key, String expected) {
    Optional<Node> node = node(key);
    if (node.isPresent() && !(node.get() instanceof SequenceNode)) {
      note(node.get(), path(key), kind(node.get()), expected);
    }
    return node.filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast)
        .map(SequenceNode::getValue);
  }

  /** A word or a line of text. */
  Optional<String> text(String key, String expected) {
    return node(key).flatMap(node -> text(path(key), node, expected, problems));
  }

  /** The text at a node. */
  static Optional<String> text(String path, Node node, String expected, SpecProblems problems) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return Optional.of(scalar.getValue());
    }
    problems.add(node.getStartMark(), path, "is %s, expected %s".formatted(kind(node), expected));
    return Optional.empty();
  }

  /** A whole number of at least {@code least} and at most {@code most}. */
  Optional<Long> whole(String key, long least, long most) {
    return node(key).flatMap(node -> whole(path(key), node, least, most, problems));
  }

  /** The whole number at a node. */
  static Optional<Long> whole(
      String path, Node node, long least, long most, SpecProblems problems) {
    String written = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (written.matches("[-+]?[0-9]{1,18}")) {
      long value = Long.parseLong(written);
      if (value >= least && value <= most) {
        return Optional.of(value);
      }
    }
    problems.add(
        node.getStartMark(),
        path,
        "is %s, expected a whole number from %d to %d".formatted(kind(node), least, most));
    return Optional.empty();
  }

  /** A finite number that passes a check; {@code expected} says in words what that is. */
  Optional<Double> number(String key, DoublePredicate check, String expected) {
    Optional<Node> node = node(key);
    Optional<Double> value =
        node.filter(ScalarNode.class::isInstance)
            .map(n -> ((ScalarNode) n).getValue())
            .filter(v -> v.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?"))
            .map(Double::valueOf)
            .filter(v -> Double.isFinite(v) && check.test(v));
    if (node.isPresent() && value.isEmpty()) {
      note(node.get(), path(key), kind(node.get()), expected);
    }
    return value;
  }

  private void take(NodeTuple entry, List<String> keys) {
    Node keyNode = entry.getKeyNode();
    String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : kind(keyNode);
    if (!keys.contains(key)) {
      problems.add(
          keyNode.getStartMark(),
          path(key),
          "is no known key, expected one of %s%s"
              .formatted(String.join(", ", keys), Nearest.hint(key, keys)));
    } else if (values.containsKey(key)) {
      problems.add(keyNode.getStartMark(), path(key), "is given twice, expected it once");
    } else if (!entry.getValueNode().getTag().equals(Tag.NULL)) {
      values.put(key, entry.getValueNode());
    }
  }

  private void note(Node node, String where, String is, String expected) {
    problems.add(node.getStartMark(), where, "is %s, expected %s".formatted(is, expected));
  }

  /** What stands at a node, as an error message calls it. */
  static String kind(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? "empty" : "'" + scalar.getValue() + "'";
    }
    return node instanceof SequenceNode ? "a list" : "a group of keys";
  }
}
