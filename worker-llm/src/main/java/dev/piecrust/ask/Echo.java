package dev.piecrust.ask;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows an answer that only repeats what the model was given, word for word or nearly: weak models
 * do that, and it says nothing.
 */
public final class Echo {
  /** Compares nothing. */
  public static final Echo NONE = new Echo(List.of());

  /** Characters that are compared at once: more than most words have. */
  private static final int PIECE = 8;

  /** The share of an answer's pieces that are found in what was given, from which it repeats it. */
  private static final double NEARLY = 0.8;

  /** A shorter quotation, in characters, may be just what is to be said. */
  private static final int LONG_QUOTATION = 40;

  /** What is shorter than this, in characters, is no quotation at all. */
  private static final int SHORTEST = 12;

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.?!:;])\\s+|\\n{2,}");

  private final List<Given> given;

  private Echo(List<Given> given) {
    this.given = List.copyOf(given);
  }

  /** Knows also the sentences of an instruction. */
  public Echo andInstruction(String instruction) {
    List<String> parts = new ArrayList<>(List.of(SENTENCE_END.split(instruction)));
    parts.add(instruction);
    return and("the instructions", parts, false);
  }

  /** Knows also texts that an answer may quote from, but not be. */
  public Echo andQuotable(String name, List<String> texts) {
    return and(name, texts, false);
  }

  /** Knows also a text that an answer may consist of parts of, but not repeat as a whole. */
  public Echo andWhole(String name, String text) {
    return and(name, List.of(text), true);
  }

  private Echo and(String name, List<String> texts, boolean whole) {
    List<Given> all = new ArrayList<>(given);
    texts.stream()
        .map(Echo::plain)
        .filter(text -> text.length() >= SHORTEST)
        .forEach(text -> all.add(new Given(name, text, whole)));
    return new Echo(all);
  }

  /**
   * Refuses an answer that repeats what was given.
   *
   * @param what the answer is called
   */
  void refuse(String what, String answer) throws BadReply {
    String plain = plain(answer);
    for (Given one : given) {
      if (one.repeatedIn(plain)) {
        throw new BadReply("the %s repeats %s".formatted(what, one.name()));
      }
    }
  }

  /** In small letters, with a blank for all that is no word; without the marks of tokens. */
  private static String plain(String text) {
    String shown = text.replace("<<", "").replace(">>", "").replaceAll("\\\\[nt]", " ");
    return NO_WORD.matcher(shown.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /** The share of one text's pieces that another has too. */
  private static double share(String text, String other) {
    if (text.length() <= PIECE) {
      return other.contains(text) ? 1 : 0;
    }
    Set<String> known = new HashSet<>();
    for (int at = 0; at + PIECE <= other.length(); at++) {
      known.add(other.substring(at, at + PIECE));
    }
    int pieces = text.length() - PIECE + 1;
    int found = 0;
    for (int at = 0; at < pieces; at++) {
      found += known.contains(text.substring(at, at + PIECE)) ? 1 : 0;
    }
    return (double) found / pieces;
  }

  /**
   * A text that the model was given.
   *
   * @param whole whether only all of it is a repetition
   */
  private record Given(String name, String text, boolean whole) {
    boolean repeatedIn(String answer) {
      if (answer.length() < SHORTEST || share(answer, text) < NEARLY) {
        return false;
      }
      return whole
          ? share(text, answer) >= NEARLY
          : answer.length() >= LONG_QUOTATION || 2 * answer.length() >= text.length();
    }
  }
}
