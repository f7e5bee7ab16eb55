package dev.piecrust.spec;

import dev.piecrust.input.Quote;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a value of a spec that must be one of a few names. */
final class YamlChoice<E extends Enum<E>> {
  private final List<E> values;
  private final Function<E, String> label;

  YamlChoice(Class<E> type, Function<E, String> label) {
    this.values = Arrays.asList(type.getEnumConstants());
    this.label = label;
  }

  /** The names, in the order in which they are declared. */
  List<String> names() {
    return values.stream().map(label).toList();
  }

  /** The names of these values, with commas. */
  String names(List<E> some) {
    return String.join(", ", some.stream().map(label).toList());
  }

  /** What is expected, in words. */
  String expected() {
    return value().words();
  }

  /** What a key that holds one of them may hold. */
  SpecValue value() {
    return new SpecValue.Choice(names());
  }

  /** The value under a key. */
  Optional<E> read(YamlMap map, String key, SpecProblems problems) {
    return map.node(key).flatMap(node -> read(map.path(key), node, problems));
  }

  /** The value at a node. */
  Optional<E> read(String path, Node node, SpecProblems problems) {
    Optional<String> written = YamlMap.text(path, node, expected(), problems);
    Optional<E> value =
        written.flatMap(
            name -> values.stream().filter(v -> label.apply(v).equals(name)).findFirst());
    if (written.isPresent() && value.isEmpty()) {
      problems.add(
          node.getStartMark(),
          path,
          "'%s' is not known, expected %s%s"
              .formatted(
                  Quote.of(written.get()), expected(), Nearest.hint(written.get(), names())));
    }
    return value;
  }
}
