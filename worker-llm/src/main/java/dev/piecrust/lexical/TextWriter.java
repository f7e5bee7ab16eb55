package dev.piecrust.lexical;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes texts from a finding alone: its pieces, with the active word replaced by the others that
 * its rule names, and once those are used up with other pieces before it. No two are the same.
 */
final class TextWriter {
  private static final Pattern MARKED = Pattern.compile("<<(.*?)>>", Pattern.DOTALL);

  /** Where a description names nothing at all, there are no more texts to find. */
  private static final int MOST_TRIES = 50;

  /** Of fewer pieces two are nearly the whole description, which a text must not repeat. */
  private static final int FEW = 3;

  private final Finding finding;

  TextWriter(Finding finding) {
    this.finding = finding;
  }

  /** The texts with these numbers, {@code from} inclusive, {@code to} exclusive. */
  List<String> write(int from, int to) {
    Set<String> texts = new LinkedHashSet<>();
    for (int number = 0; texts.size() < to && number < MOST_TRIES * to; number++) {
      texts.add(text(number));
    }
    List<String> all = new ArrayList<>(texts);
    return all.subList(Math.min(from, all.size()), all.size());
  }

  private String text(int number) {
    List<String> pieces = finding.pieces();
    List<String> words = finding.rule().words();
    List<String> after = finding.rule().after();
    if (pieces.isEmpty()) {
      String word = words.isEmpty() ? "" : words.get(number % words.size());
      String before = after.isEmpty() ? "" : after.get(number % after.size());
      int others = Math.max(1, words.size()) * Math.max(1, after.size());
      String phrase = (before + " " + word).strip();
      return String.join(". ", Collections.nCopies(1 + number / others, phrase));
    }
    int piece = number % pieces.size();
    int round = number / pieces.size();
    String text = filled(pieces.get(piece), words, round);
    int leads = round / Math.max(1, words.size());
    int lead = leads % (pieces.size() + 1);
    int led = pieces.size() < FEW ? piece : lead - 1;
    String before = lead == 0 ? "" : filled(pieces.get(led), List.of(), 0) + ". ";
    return before.repeat(1 + leads / (pieces.size() + 1)) + text;
  }

  /** The piece with the word of this round; in round 0 with its own. */
  private static String filled(String piece, List<String> words, int round) {
    Matcher matcher = MARKED.matcher(piece);
    if (!matcher.find()) {
      return piece;
    }
    String own = matcher.group(1);
    String plain = matcher.replaceAll(Matcher.quoteReplacement(own));
    int at = words.indexOf(own);
    if (at < 0 || round == 0) {
      return plain;
    }
    String other = words.get((at + round) % words.size());
    return plain.replaceAll(
        "(?<![\\p{L}\\p{N}_])" + Pattern.quote(own) + "(?![\\p{L}\\p{N}_])",
        Matcher.quoteReplacement(other));
  }
}
