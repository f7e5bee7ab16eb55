package dev.piecrust.spec;

import dev.piecrust.input.Quote;
import dev.piecrust.key.SpecKeys;
import dev.piecrust.key.SpecValue;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final SpecKeys keys;
  private final SpecProblems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private boolean broken;

  /**
   * @param path of the mapping, such as {@code prune}, or empty for the whole file
   * @param at where the mapping is, for what is missing in it
   * @param keys that it may have
   */
  private YamlMap(String path, Mark at, SpecKeys keys, SpecProblems problems) {
    this.path = path;
    this.at = at;
    this.keys = keys;
    this.problems = problems;
  }

  /** The mapping at a node, which may have these keys and no others. */
  static YamlMap of(String path, Node node, SpecKeys keys, SpecProblems problems) {
    YamlMap map = new YamlMap(path, node.getStartMark(), keys, problems);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(map::take);
    } else {
      map.broken = true;
      problems.add(
          node.getStartMark(),
          path.isEmpty() ? "spec" : path,
          "is %s, expected keys: %s".formatted(kind(node), keys));
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
  Optional<Node> required(String key) {
    return required(key, expected(key));
  }

  /** The same, where what it may hold does not say enough. */
  Optional<Node> required(String key, String expected) {
    Optional<Node> node = node(key);
    if (node.isEmpty() && !broken) {
      problems.add(at, path(key), "is missing, expected " + expected);
    }
    return node;
  }

  /** Whether it may have a key. */
  boolean knows(String key) {
    return keys.names().contains(key);
  }

  /** Whether a key must be there. */
  boolean requires(String key) {
    return keys.get(key).required();
  }

  /** What a key may hold. */
  SpecValue value(String key) {
    return keys.get(key).value();
  }

  /** The same in words. */
  String expected(String key) {
    return keys.get(key).expected();
  }

  /** The key's path from the top of the file. */
  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The group of keys under a key; an empty one where it is missing. */
  YamlMap map(String key) {
    SpecKeys nested = keys.value(key, SpecValue.Group.class).keys();
    return node(key)
        .map(node -> of(path(key), node, nested, problems))
        .orElseGet(() -> new YamlMap(path(key), at, nested, problems));
  }

  /** The items of a list under a key. */
  Optional<List<Node>> list(String key) {
    Optional<Node> node = node(key);
    if (node.isPresent() && !(node.get() instanceof SequenceNode)) {
      note(key, "is %s, expected %s".formatted(kind(node.get()), expected(key)));
    }
    return node.filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast)
        .map(SequenceNode::getValue);
  }

  /** A word or a line of text. */
  Optional<String> text(String key) {
    return node(key).flatMap(node -> text(path(key), node, expected(key), problems));
  }

  /** The text at a node. */
  static Optional<String> text(String path, Node node, String expected, SpecProblems problems) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return Optional.of(scalar.getValue());
    }
    problems.add(node.getStartMark(), path, "is %s, expected %s".formatted(kind(node), expected));
    return Optional.empty();
  }

  /** The whole number at a node. */
  static Optional<Long> whole(
      String path, Node node, SpecValue.Whole allowed, SpecProblems problems) {
    String written = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (written.matches("[-+]?[0-9]{1,19}")) {
      BigInteger value = new BigInteger(written);
      if (value.bitLength() < Long.SIZE && allowed.allows(value.longValue())) {
        return Optional.of(value.longValue());
      }
    }
    problems.add(
        node.getStartMark(), path, "is %s, expected %s".formatted(kind(node), allowed.words()));
    return Optional.empty();
  }

  /** The finite number at a node. */
  static Optional<Double> number(
      String path, Node node, SpecValue.Decimal allowed, SpecProblems problems) {
    Optional<Double> value =
        Optional.of(node instanceof ScalarNode scalar ? scalar.getValue() : "")
            .filter(v -> v.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?"))
            .map(Double::valueOf)
            .filter(allowed::allows);
    if (value.isEmpty()) {
      problems.add(
          node.getStartMark(), path, "is %s, expected %s".formatted(kind(node), allowed.words()));
    }
    return value;
  }

  /** {@code true} or {@code false}. */
  Optional<Boolean> truth(String key) {
    Optional<Node> node = node(key);
    Optional<Boolean> value =
        node.filter(ScalarNode.class::isInstance)
            .map(n -> ((ScalarNode) n).getValue())
            .filter(v -> v.equals("true") || v.equals("false"))
            .map(Boolean::valueOf);
    if (node.isPresent() && value.isEmpty()) {
      note(key, "is %s, expected %s".formatted(kind(node.get()), expected(key)));
    }
    return value;
  }

  private void take(NodeTuple entry) {
    Node keyNode = entry.getKeyNode();
    String key = keyNode instanceof ScalarNode scalar ? Quote.of(scalar.getValue()) : kind(keyNode);
    if (!keys.names().contains(key)) {
      problems.add(
          keyNode.getStartMark(),
          path(key),
          "is no known key, expected one of %s%s".formatted(keys, Nearest.hint(key, keys.names())));
    } else if (values.containsKey(key)) {
      problems.add(keyNode.getStartMark(), path(key), "is given twice, expected it once");
    } else if (!entry.getValueNode().getTag().equals(Tag.NULL)) {
      values.put(key, entry.getValueNode());
    }
  }

  /** Notes what is wrong with the value of a key, if it has one. */
  void note(String key, String what) {
    node(key).ifPresent(node -> problems.add(node.getStartMark(), path(key), what));
  }

  /** Notes what is wrong in the file that a key names, if it has one. */
  void noteInFile(String key, String what) {
    node(key).ifPresent(node -> problems.addInFile(node.getStartMark(), path(key), what));
  }

  /** Whether this word stands under a key. */
  boolean isWord(String key, String word) {
    return node(key)
        .filter(node -> node instanceof ScalarNode scalar && scalar.getValue().equals(word))
        .isPresent();
  }

  /** What stands at a node, as an error message calls it. */
  static String kind(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? "empty" : "'" + Quote.of(scalar.getValue()) + "'";
    }
    return node instanceof SequenceNode ? "a list" : "a group of keys";
  }
}
