package dev.piecrust.lexical;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.piecrust.campaign.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the baseline has to say of a feature: a rule and pieces of text in which it was seen. As
 * text it can be read by people, and read back.
 *
 * @param pieces in each, the word that was active stands between {@code <<} and {@code >>}
 */
record Finding(Rule rule, List<String> pieces) {
  static final String LABEL = "baseline: ";
  private static final String REPEATED = " that occurred before";
  private static final String AFTER = " after ";
  private static final String AS_IN = "; as in ";
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");
  private static final String QUOTES =
      "((?:\"(?:[^\"\\\\]|\\\\.)*+\"(?:, )?)+)"; // a list of quoted forms
  private static final Pattern TEXT =
      Pattern.compile(
          "baseline: (any word|capitalised words|words "
              + QUOTES
              + ")("
              + REPEATED
              + ")?(?: after "
              + QUOTES
              + ")?(?:; as in "
              + QUOTES
              + ")?",
          Pattern.DOTALL);

  Finding {
    pieces = List.copyOf(pieces);
  }

  /** As people read it. */
  String text() {
    StringBuilder text = new StringBuilder(LABEL);
    text.append(
        switch (rule.kind()) {
          case ANY -> "any word";
          case CAPITALISED -> "capitalised words";
          case LISTED -> "words " + quoted(rule.words());
        });
    if (rule.repeated()) {
      text.append(REPEATED);
    }
    if (!rule.after().isEmpty()) {
      text.append(AFTER).append(quoted(rule.after()));
    }
    if (!pieces.isEmpty()) {
      text.append(AS_IN).append(quoted(pieces));
    }
    return text.toString();
  }

  /** Reads any description: its own as they were meant, of others the words that they quote. */
  static Finding parse(String description) {
    Matcher matcher = TEXT.matcher(description);
    if (!matcher.matches()) {
      List<String> quotes = unquoted(description);
      List<String> words =
          (quotes.isEmpty() ? List.of(description) : quotes)
              .stream().flatMap(quote -> Words.of(quote).stream()).map(Word::form).toList();
      return new Finding(new Rule(Rule.Kind.LISTED, words, List.of(), false), quotes);
    }
    Rule.Kind kind =
        switch (matcher.group(1)) {
          case "any word" -> Rule.Kind.ANY;
          case "capitalised words" -> Rule.Kind.CAPITALISED;
          default -> Rule.Kind.LISTED;
        };
    boolean repeated = matcher.group(3) != null;
    Rule rule = new Rule(kind, unquoted(matcher.group(2)), unquoted(matcher.group(4)), repeated);
    return new Finding(rule, unquoted(matcher.group(5)));
  }

  private static String quoted(List<String> forms) {
    return forms.stream().map(Json::write).collect(joining(", "));
  }

  private static List<String> unquoted(@Nullable String list) {
    List<String> forms = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(list == null ? "" : list);
    while (matcher.find()) {
      try {
        forms.add(Json.mapper().readValue(matcher.group(), String.class));
      } catch (JsonProcessingException e) {
        forms.add(matcher.group().substring(1, matcher.group().length() - 1));
      }
    }
    return forms;
  }
}
