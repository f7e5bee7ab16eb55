package dev.piecrust.lexical;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which words make a feature active, as far as counting can tell.
 *
 * @param kind which words at all
 * @param words the words, where the kind is {@link Kind#LISTED}; else none
 * @param after what must stand before them; empty for anything
 * @param repeated whether they must have occurred earlier in the text
 */
record Rule(Kind kind, List<String> words, List<String> after, boolean repeated) {
  /** Which words a rule speaks of. */
  enum Kind {
    ANY,
    CAPITALISED,
    LISTED
  }

  static final Rule ANY = new Rule(Kind.ANY, List.of(), List.of(), false);

  Rule {
    words = List.copyOf(words);
    after = List.copyOf(after);
  }

  /** Whether the word is one of those, in its context. */
  boolean fits(Word word) {
    return names(word)
        && (after.isEmpty() || after.contains(word.previous()))
        && (!repeated || word.repeated());
  }

  /** Whether a part of the rule fits: the word elsewhere or in another case, or the context. */
  boolean touches(Word word) {
    return switch (kind) {
      case LISTED -> lower(words).contains(word.form().toLowerCase(Locale.ROOT));
      case CAPITALISED -> word.capitalised() && (!after.isEmpty() || repeated);
      case ANY -> lower(after).contains(word.previous().toLowerCase(Locale.ROOT));
    };
  }

  /** How many conditions it has; of two equally good rules the simpler is to be preferred. */
  int conditions() {
    return (kind == Kind.ANY ? 0 : 1) + (after.isEmpty() ? 0 : 1) + (repeated ? 1 : 0);
  }

  private boolean names(Word word) {
    return switch (kind) {
      case ANY -> true;
      case CAPITALISED -> word.capitalised();
      case LISTED -> words.contains(word.form());
    };
  }

  private static Set<String> lower(List<String> forms) {
    return forms.stream().map(form -> form.toLowerCase(Locale.ROOT)).collect(toSet());
  }
}
