package dev.piecrust.spec;

import dev.piecrust.input.Quote;
import dev.piecrust.key.Key;
import dev.piecrust.key.KeyComponent;
import dev.piecrust.key.Labelled;
import dev.piecrust.key.RecordKeys;
import dev.piecrust.key.SpecValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads records from a spec as their keys are declared. What needs more than its key says is left
 * to whoever asks.
 */
record RecordReader(SpecPaths paths, SpecProblems problems) {
  /**
   * Reads the keys of a record.
   *
   * @param others components that are read elsewhere
   */
  <R extends Record> Values<R> read(Class<R> type, YamlMap map, String... others) {
    Values<R> values = new Values<>(type);
    for (KeyComponent component : RecordKeys.of(type).components()) {
      if (!Set.of(others).contains(component.name()) && !component.variants()) {
        value(component, map).ifPresent(value -> values.set(component.name(), value));
      }
    }
    return values;
  }

  private Optional<?> value(KeyComponent component, YamlMap map) {
    if (component.key().inline()) {
      return record(component, map);
    } else if (component.wordAlone()) {
      return Optional.of(map.isWord(component.path().get(0), component.key().word()));
    }
    YamlMap at = map;
    List<String> path = component.path();
    for (String group : path.subList(0, path.size() - 1)) {
      at = at.map(group);
    }
    String key = path.get(path.size() - 1);
    if (!at.knows(key)) { // it is common to the records of a map, of which this is one
      return Optional.empty();
    } else if (at.requires(key)) {
      at.required(key);
    }
    if (component.raw() == List.class) {
      return items(component, at, key);
    } else if (Record.class.isAssignableFrom(component.raw())) {
      return component.optional() && at.node(key).isEmpty()
          ? Optional.empty()
          : record(component, at.map(key));
    }
    YamlMap in = at;
    return at.node(key).flatMap(node -> single(component, component.raw(), in, key, node));
  }

  private Optional<? extends Record> record(KeyComponent component, YamlMap map) {
    return read(component.raw().asSubclass(Record.class), map).make();
  }

  private Optional<?> single(
      KeyComponent component, Class<?> type, YamlMap at, String key, Node node) {
    String path = at.path(key);
    if (type.isEnum()) {
      return constant(type, path, node, problems);
    } else if (type == String.class) {
      return switch (component.key().place()) {
        case FILE -> paths.file(path, node);
        case FOLDER -> paths.folder(path, node);
        case NONE -> text(component.key(), at, key);
      };
    }
    SpecValue value = at.value(key);
    SpecValue each = value instanceof SpecValue.Items items ? items.each() : value;
    if (each instanceof SpecValue.WholeOr either) {
      return wholeOr(either, path, node);
    } else if (each instanceof SpecValue.Whole whole) {
      Optional<Long> number = YamlMap.whole(path, node, whole, problems);
      return type == long.class ? number : number.map(Math::toIntExact);
    } else if (each instanceof SpecValue.Decimal decimal) {
      Optional<Double> number = YamlMap.number(path, node, decimal, problems);
      return type == BigDecimal.class ? number.map(BigDecimal::valueOf) : number;
    }
    return at.truth(key);
  }

  private Optional<String> text(Key key, YamlMap at, String name) {
    Optional<String> text = at.text(name);
    if (text.isPresent() && !key.pattern().isEmpty() && !text.get().matches(key.pattern())) {
      at.note(name, "is '%s', expected %s".formatted(Quote.of(text.get()), at.expected(name)));
      return Optional.empty();
    }
    return text;
  }

  private Optional<Integer> wholeOr(SpecValue.WholeOr either, String path, Node node) {
    String written = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (written.equals(either.word())) {
      return Optional.of(Integer.MAX_VALUE);
    }
    if (written.matches("[0-9]{1,9}") && either.whole().allows(Integer.parseInt(written))) {
      return Optional.of(Integer.valueOf(written));
    }
    problems.add(
        node.getStartMark(),
        path,
        "is %s, expected %s%s"
            .formatted(
                YamlMap.kind(node), either.words(), Nearest.hint(written, List.of(either.word()))));
    return Optional.empty();
  }

  /** A list of one value or more, each of them once. */
  private Optional<List<?>> items(KeyComponent component, YamlMap at, String key) {
    Optional<List<Node>> nodes = at.list(key);
    if (nodes.filter(List::isEmpty).isPresent()) {
      at.note(key, "is empty, expected " + at.expected(key));
    }
    List<Object> values = new ArrayList<>();
    for (Node node : nodes.orElse(List.of())) {
      single(component, component.element(), at, key, node)
          .ifPresent(value -> once(values, value, at.path(key), node));
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values);
  }

  private void once(List<Object> all, Object value, String path, Node at) {
    if (all.contains(value)) {
      Object name = value instanceof Labelled constant ? constant.label() : value;
      problems.add(at.getStartMark(), path, "'%s' is listed twice, expected once".formatted(name));
    } else {
      all.add(value);
    }
  }

  /** The constant that a node names. */
  private static Optional<Object> constant(
      Class<?> type, String path, Node node, SpecProblems problems) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(c -> ((Labelled) c).label()).toList();
    String expected = new SpecValue.Choice(names).words();
    Optional<String> written = YamlMap.text(path, node, expected, problems);
    Optional<Object> value =
        written.filter(names::contains).map(name -> type.getEnumConstants()[names.indexOf(name)]);
    if (written.isPresent() && value.isEmpty()) {
      problems.add(
          node.getStartMark(),
          path,
          "'%s' is not known, expected %s%s"
              .formatted(Quote.of(written.get()), expected, Nearest.hint(written.get(), names)));
    }
    return value;
  }
}
