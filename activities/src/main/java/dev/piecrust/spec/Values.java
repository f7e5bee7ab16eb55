package dev.piecrust.spec;

import dev.piecrust.key.RecordKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of a record's components, by their names. What is left out has its default, once
 * the record is made.
 */
final class Values<R extends Record> {
  private final Class<R> type;
  private final Map<String, Object> values = new HashMap<>();

  Values(Class<R> type) {
    this.type = type;
  }

  /** The value of a component, if one was read. */
  <V> Optional<V> get(String component, Class<V> of) {
    return Optional.ofNullable(values.get(component)).map(of::cast);
  }

  void set(String component, Object value) {
    values.put(component, value);
  }

  <V> void set(String component, Optional<V> value) {
    value.ifPresent(there -> set(component, (Object) there));
  }

  void remove(String component) {
    values.remove(component);
  }

  /** Fills what is left out from another record. */
  void inherit(R other) {
    RecordKeys.of(type)
        .components()
        .forEach(component -> values.putIfAbsent(component.name(), component.get(other)));
  }

  /** The record; empty where something is left out that has no default. */
  Optional<R> make() {
    return RecordKeys.make(type, values);
  }
}
