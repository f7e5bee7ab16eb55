package dev.piecrust.bench.demo;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of the demo language: every piece of a large sample of it, the frequent ones first. BOS
 * is not number 0, which some programs take for no token at all.
 */
final class DemoVocabulary {
  static final String BOS = "<bos>";
  static final String UNKNOWN = "<unk>";

  /**
   * A piece of text: a line break with its indentation, a word or a sign with the space in front of
   * it, or a few signs that Python writes together.
   */
  static final Pattern PIECE =
      Pattern.compile("\\n+ *| ?[A-Za-z]+|:[a-z]+|\\):|\"\"\"| ?[^\\sA-Za-z]|\\s");

  /** So many that a word of the language stays out of the sample with less than 1 in 10^20. */
  private static final int DOCUMENTS = 50_000;

  private static final long SEED = 1;

  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();

  private DemoVocabulary(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
  }

  static DemoVocabulary ofTheLanguage() {
    SplittableRandom random = new SplittableRandom(SEED);
    DemoLanguage language = DemoLanguage.whole();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      PIECE
          .matcher(language.draw(random))
          .results()
          .forEach(match -> counts.merge(match.group(), 1, Integer::sum));
    }
    Comparator<String> frequentFirst = Comparator.comparing(counts::get, Comparator.reverseOrder());
    Stream<String> words =
        counts.keySet().stream().sorted(frequentFirst.thenComparing(Comparator.naturalOrder()));
    return new DemoVocabulary(Stream.concat(Stream.of(UNKNOWN, BOS), words).toList());
  }

  /** The tokens in the order of their ids. */
  List<String> tokens() {
    return tokens;
  }

  int id(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new IllegalArgumentException("not a token of the demo language: " + token);
    }
    return id;
  }

  int size() {
    return tokens.size();
  }
}
