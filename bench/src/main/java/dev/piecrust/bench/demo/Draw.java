package dev.piecrust.bench.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random choices that the text kinds share. */
final class Draw {
  private Draw() {}

  static List<String> words(String text) {
    return List.of(text.trim().split("\\s+"));
  }

  static <T> T one(RandomGenerator random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  static <T> List<T> several(RandomGenerator random, int count, List<T> from) {
    List<T> rest = new ArrayList<>(from);
    for (int i = 0; i < count; i++) {
      Collections.swap(rest, i, i + random.nextInt(rest.size() - i));
    }
    return List.copyOf(rest.subList(0, count));
  }

  /** Two to four sentences in one line. */
  static String paragraph(RandomGenerator random, Supplier<String> sentence) {
    return Stream.generate(sentence).limit(2 + random.nextInt(3)).collect(Collectors.joining(" "))
        + "\n";
  }
}
