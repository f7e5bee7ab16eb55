package dev.piecrust.lexical;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes texts from a finding alone: its pieces, with the active word replaced by the others that
 * its rule names, and once those are used up with another piece before it.
 */
final class TextWriter {
  private static final Pattern MARKED = Pattern.compile("<<(.*?)>>", Pattern.DOTALL);

  private final Finding finding;

  TextWriter(Finding finding) {
    this.finding = finding;
  }

  /** The texts with these numbers, {@code from} inclusive, {@code to} exclusive. */
  List<String> write(int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int number = from; number < to; number++) {
      texts.add(text(number));
    }
    return texts;
  }

  private String text(int number) {
    List<String> pieces = finding.pieces();
    List<String> words = finding.rule().words();
    List<String> after = finding.rule().after();
    if (pieces.isEmpty()) {
      String word = words.isEmpty() ? "" : words.get(number % words.size());
      String before = after.isEmpty() ? "" : after.get(number % after.size());
      return (before + " " + word).strip();
    }
    int piece = number % pieces.size();
    int round = number / pieces.size();
    String text = filled(pieces.get(piece), words, round);
    int lead = round / Math.max(1, words.size()) % (pieces.size() + 1);
    return lead == 0 ? text : filled(pieces.get(lead - 1), List.of(), 0) + ". " + text;
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
