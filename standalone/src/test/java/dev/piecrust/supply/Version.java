package dev.piecrust.supply;

import java.util.ArrayList;
import java.util.List;

/** A version of a library, in the order of its numbers; words such as {@code Final} say nothing. */
record Version(String text) implements Comparable<Version> {
  @Override
  public int compareTo(Version other) {
    List<Long> mine = numbers();
    List<Long> others = other.numbers();
    for (int i = 0; i < Math.max(mine.size(), others.size()); i++) {
      int order = Long.compare(at(mine, i), at(others, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static long at(List<Long> numbers, int i) {
    return i < numbers.size() ? numbers.get(i) : 0;
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    for (String part : text.split("[.-]")) {
      if (!part.matches("\\d{1,18}")) {
        break;
      }
      numbers.add(Long.parseLong(part));
    }
    return numbers;
  }
}
