package dev.piecrust.spec;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.key.KeyComponent;
import dev.piecrust.key.Labelled;
import dev.piecrust.key.RecordKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes a spec in the form in which {@link SpecReader} reads it, with its defaults filled in. */
public final class SpecDocument {
  private SpecDocument() {}

  /** The spec as one line of JSON, which is YAML too; equal specs give equal lines. */
  public static String write(CampaignSpec spec) {
    return Json.write(tree(spec));
  }

  /** The spec as nested maps and lists, in the order of its records' components. */
  public static Map<String, Object> tree(CampaignSpec spec) {
    return tree((Record) spec);
  }

  static Map<String, Object> tree(Record record) {
    return tree(record, component -> true);
  }

  private static Map<String, Object> tree(Record record, Predicate<KeyComponent> which) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (KeyComponent component : RecordKeys.of(record.getClass()).components()) {
      Object value = component.get(record);
      if (component.key().inline()) {
        tree.putAll(tree((Record) value));
      } else if (component.variants()) {
        ((Map<?, ?>) value)
            .forEach((label, own) -> tree.put(((Labelled) label).label(), variant((Record) own)));
      } else if (which.test(component) && !component.omitted(record)) {
        written(component, value).ifPresent(written -> put(tree, component.path(), written));
      }
    }
    return tree;
  }

  private static Map<String, Object> variant(Record record) {
    return tree(record, component -> !component.key().common());
  }

  @SuppressWarnings("unchecked") // groups that were made here
  private static void put(Map<String, Object> tree, List<String> path, Object value) {
    Map<String, Object> at = tree;
    for (String group : path.subList(0, path.size() - 1)) {
      at = (Map<String, Object>) at.computeIfAbsent(group, name -> new LinkedHashMap<>());
    }
    at.put(path.get(path.size() - 1), value);
  }

  private static Optional<Object> written(KeyComponent component, Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(there -> written(component, there));
    } else if (component.wordAlone()) {
      return Optional.of(component.key().word()).filter(word -> (Boolean) value).map(word -> word);
    } else if (value.equals(Integer.MAX_VALUE) && !component.key().word().isEmpty()) {
      return Optional.of(component.key().word());
    } else if (value instanceof Map<?, ?> free && free.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(plain(value));
  }

  private static Object plain(Object value) {
    if (value instanceof Record group) {
      return tree(group);
    } else if (value instanceof List<?> items) {
      return items.stream().map(SpecDocument::plain).toList();
    }
    return value instanceof Labelled constant ? constant.label() : value;
  }
}
