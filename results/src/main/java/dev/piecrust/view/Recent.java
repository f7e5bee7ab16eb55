package dev.piecrust.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps what was asked for last, and forgets what was not asked for longest. */
public final class Recent<K, V> {
  private final int most;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most values that are kept
   */
  public Recent(int most) {
    this.most = most;
  }

  /** The value of a key; two that ask at once may both make it. */
  public V get(K key, Function<K, V> make) {
    Optional<V> there = find(key);
    if (there.isPresent()) {
      return there.get();
    }
    V made = make.apply(key);
    keep(key, made);
    return made;
  }

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(values.get(key));
  }

  synchronized void keep(K key, V value) {
    values.put(key, value);
    if (values.size() > most) {
      values.remove(values.keySet().iterator().next());
    }
  }
}
