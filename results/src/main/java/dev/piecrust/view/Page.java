package dev.piecrust.view;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next what to ask for to go on; absent at the end
 */
public record Page<T>(List<T> rows, Optional<String> next) {
  public Page {
    rows = List.copyOf(rows);
  }

  /**
   * Cuts off the one row that was read to see whether there are more.
   *
   * @param rows up to one more than {@code size}
   * @param key of a row, where the list goes on after it
   */
  static <T> Page<T> of(List<T> rows, int size, Function<T, String> key) {
    if (rows.size() <= size) {
      return new Page<>(rows, Optional.empty());
    }
    List<T> page = rows.subList(0, size);
    return new Page<>(page, Optional.of(key.apply(page.get(size - 1))));
  }
}
