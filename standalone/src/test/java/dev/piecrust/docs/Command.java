package dev.piecrust.docs;

import dev.piecrust.cli.ParsedLine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line of ours on a page. */
final class Command {
  /** The program, behind variables that are set for it and before what the shell does with it. */
  private static final Pattern OURS =
      Pattern.compile("^(?:[A-Z_]+=\\S* )*\\.{1,2}/piecrust ([^#|>&;]*)");

  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");

  private Command() {}

  /** What the program would say against a line; empty where it would take it, or is not meant. */
  static Optional<String> problem(String line) {
    Matcher ours = OURS.matcher(line.strip());
    if (!ours.find() || ours.group(1).contains("…")) {
      return Optional.empty();
    }
    List<String> words =
        WORD.matcher(ours.group(1))
            .results()
            .map(word -> word.group().replaceAll("^[\"']|[\"']$", ""))
            .map(Command::example)
            .toList();
    return ParsedLine.of(words.toArray(String[]::new)).problem().map(what -> line + ": " + what);
  }

  /** A placeholder for a number is a letter. */
  private static String example(String word) {
    return Arrays.asList("X", "N").contains(word) ? "1" : word;
  }
}
