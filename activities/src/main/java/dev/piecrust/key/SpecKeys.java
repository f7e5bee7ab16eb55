package dev.piecrust.key;

import java.util.List;

/** The keys that a group of a spec may have, in the order in which people are told of them. */
public record SpecKeys(List<SpecKey> keys) {
  public SpecKeys {
    keys = List.copyOf(keys);
  }

  /** Their names. */
  public List<String> names() {
    return keys.stream().map(SpecKey::name).toList();
  }

  /** The key of this name, which must be one of these. */
  public SpecKey get(String name) {
    return keys.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " is not one of " + names()));
  }

  /** What is under a key must be read as such a value. */
  public <V extends SpecValue> V value(String name, Class<V> type) {
    return type.cast(get(name).value());
  }

  /** The names, with commas. */
  @Override
  public String toString() {
    return String.join(", ", names());
  }
}
