package dev.piecrust.lexical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts any text into words, in the same way for evidence and for texts that are to be rated. */
final class Words {
  private static final Pattern WORD =
      Pattern.compile("[\\r\\n]+[ \\t]*|[ \\t]*[\\p{L}\\p{N}_]+|[ \\t]*[^\\s\\p{L}\\p{N}_]+|\\s");

  private Words() {}

  static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String previous = "";
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String form = form(matcher.group());
      if (!form.isEmpty()) {
        words.add(new Word(form, previous, !seen.add(form), matcher.start(), matcher.end()));
        previous = form;
      }
    }
    return words;
  }

  private static String form(String match) {
    boolean breaksLine = match.indexOf('\n') >= 0 || match.indexOf('\r') >= 0;
    return breaksLine ? "\n" : match.strip();
  }
}
