package dev.piecrust.lexical;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.toSet;

import dev.piecrust.feature.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cuts short pieces out of the examples, around the most active words that fit a rule. */
final class Pieces {
  private static final int MOST = 4;
  private static final int WORDS_BEFORE = 10;
  private static final int WORDS_AFTER = 2;

  /** A piece of whose words a smaller share is new says the same as one before. */
  private static final double NEW = 0.25;

  private final List<Example> examples;
  private final Rule rule;

  Pieces(List<Example> examples, Rule rule) {
    this.examples = examples;
    this.rule = rule;
  }

  /** At most one piece for each word and each example, and none that says another's again. */
  List<String> cut(List<Occurrence> occurrences) {
    List<String> pieces = new ArrayList<>();
    Map<String, List<Set<String>>> said = new HashMap<>(); // by form, words of its pieces
    Set<String> forms = new HashSet<>();
    Set<Integer> used = new HashSet<>();
    List<Occurrence> fitting =
        occurrences.stream()
            .filter(o -> o.activation() > 0 && rule.fits(o.word()))
            .sorted(comparingDouble(o -> -o.activation()))
            .toList();
    for (Occurrence occurrence : fitting) {
      boolean newForm = forms.size() >= rule.words().size() || forms.add(occurrence.word().form());
      if (pieces.size() < MOST && newForm && used.add(occurrence.example())) {
        String piece = piece(examples.get(occurrence.example()).text(), occurrence.word());
        Set<String> words = Words.of(piece).stream().map(Word::form).collect(toSet());
        List<Set<String>> before =
            said.computeIfAbsent(occurrence.word().form(), form -> new ArrayList<>());
        if (before.stream().noneMatch(other -> newShare(words, other) < NEW)) {
          before.add(words);
          pieces.add(piece);
        }
      }
    }
    return pieces;
  }

  private static double newShare(Set<String> words, Set<String> other) {
    return words.stream().filter(word -> !other.contains(word)).count() / (double) words.size();
  }

  private String piece(String text, Word focus) {
    List<Word> words = Words.of(text);
    int at = words.indexOf(focus);
    int from = Math.max(0, at - WORDS_BEFORE);
    if (rule.repeated()) {
      from = Math.min(from, earlier(words, at));
    }
    int to = Math.min(words.size() - 1, at + WORDS_AFTER);
    String before = text.substring(words.get(from).from(), focus.from());
    String self = text.substring(focus.from(), focus.to());
    String after = text.substring(focus.to(), words.get(to).to());
    int spaces = self.length() - self.stripLeading().length();
    boolean lineBreak = self.isBlank();
    String lead = lineBreak ? "" : self.substring(0, spaces);
    String marked = "<<" + (lineBreak ? self : self.substring(spaces)) + ">>";
    return (before + lead + marked + after).stripLeading();
  }

  private static int earlier(List<Word> words, int at) {
    for (int i = at - 1; i >= 0; i--) {
      if (words.get(i).form().equals(words.get(at).form())) {
        return i;
      }
    }
    return at;
  }
}
