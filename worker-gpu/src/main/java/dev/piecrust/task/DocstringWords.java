package dev.piecrust.task;

import java.util.List;

/** The words of the doc-string functions. */
public final class DocstringWords {
  /** Names of functions. */
  public static final List<String> FUNCTIONS =
      words("load save run parse merge sort build read send check update render");

  /** What a doc-string begins with, in the form of an order. */
  public static final List<String> VERBS = words("Load Save Find Count Sort Merge Copy Check");

  /** Nouns: what a function is about, and what is remarked on an argument. */
  public static final List<String> THINGS =
      words("table file list value item record word number line page user group");

  /** Names of arguments: the answers, of which a task takes those that are one token. */
  public static final List<String> ARGUMENTS =
      words(
          """
          files size first last obj path width state order mode
          start end count key name data text index color depth
          limit offset target source result node shape field rate level
          """);

  private DocstringWords() {}

  private static List<String> words(String text) {
    return List.of(text.trim().split("\\s+"));
  }
}
