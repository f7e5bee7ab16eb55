package dev.piecrust.spec;

import dev.piecrust.key.SpecKey;
import dev.piecrust.key.SpecKeys;
import dev.piecrust.key.SpecValue;
import java.util.ArrayList;
import java.util.List;

/** Every key that {@link SpecReader} knows, for the reference of specs. */
public final class SpecReference {
  private SpecReference() {}

  /**
   * A key.
   *
   * @param path from the top of the file, such as {@code prune.swap.rounds}; {@code tasks[].kind}
   *     is one of each task
   * @param expected what it may hold
   * @param usual what holds where it is left out, {@code required} or {@code none}
   * @param purpose what it is for
   */
  public record Entry(String path, String expected, String usual, String purpose) {}

  /** All of them, in the order of a spec; a group comes before its keys. */
  public static List<Entry> entries() {
    return entries(SpecReader.KEYS);
  }

  static List<Entry> entries(SpecKeys keys) {
    List<Entry> entries = new ArrayList<>();
    add("", keys, entries);
    return entries;
  }

  private static void add(String prefix, SpecKeys keys, List<Entry> entries) {
    for (SpecKey key : keys.keys()) {
      String path = prefix + key.name();
      entries.add(new Entry(path, key.expected(), key.usual(), key.purpose()));
      if (key.value() instanceof SpecValue.Group group && !group.told()) {
        add(path + ".", group.keys(), entries);
      } else if (key.value() instanceof SpecValue.Groups groups) {
        add(path + "[].", groups.keys(), entries);
      }
    }
  }
}
