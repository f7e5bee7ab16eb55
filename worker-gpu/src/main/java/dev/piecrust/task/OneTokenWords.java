package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.model.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** The words of a list that a tokenizer reads as one token after a space. */
final class OneTokenWords {
  private final List<String> words;

  private OneTokenWords(List<String> words) {
    this.words = List.copyOf(words);
  }

  /** All of the words, where no tokenizer is in question. */
  static OneTokenWords all(List<String> words) {
    return new OneTokenWords(words);
  }

  /**
   * Those that are one token.
   *
   * @param atLeast how many a task needs
   * @param what the plural that an error names, such as {@code names}
   */
  static OneTokenWords of(Tokenizer tokenizer, List<String> words, int atLeast, String what) {
    List<String> usable = words.stream().filter(word -> isOneToken(tokenizer, word)).toList();
    if (usable.size() < atLeast) {
      throw user(
          "the tokenizer reads only %d of %d %s as one token each, expected at least %d",
          usable.size(), words.size(), what, atLeast);
    }
    return new OneTokenWords(usable);
  }

  /** A number of different words, in random order. */
  List<String> draw(RandomGenerator random, int count) {
    List<String> rest = new ArrayList<>(words);
    for (int i = 0; i < count; i++) {
      Collections.swap(rest, i, i + random.nextInt(rest.size() - i));
    }
    return List.copyOf(rest.subList(0, count));
  }

  private static boolean isOneToken(Tokenizer tokenizer, String word) {
    int[] ids = tokenizer.encodeRaw(" " + word);
    return ids.length == 1 && !tokenizer.isSpecial(ids[0]);
  }
}
