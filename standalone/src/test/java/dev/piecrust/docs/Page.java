package dev.piecrust.docs;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation: what it links to, and what it has in code. */
record Page(Path file, String text) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```[^\n]*\n(.*?)^```");

  /** All pages of the repository that people read. */
  static List<Page> all() {
    List<Page> pages = new ArrayList<>();
    for (String folder : List.of("docs", "examples", "deploy", "demo")) {
      try (Stream<Path> files = Files.walk(Program.ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .sorted()
            .map(Page::read)
            .forEach(pages::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    pages.add(read(Program.ROOT.resolve("README.md")));
    pages.add(read(Program.ROOT.resolve("CONTRIBUTING.md")));
    pages.add(read(Program.ROOT.resolve("SECURITY.md")));
    return pages;
  }

  static Page read(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Targets of links within the repository, as written. */
  List<String> links() {
    return matches(LINK, prose()).stream().filter(target -> !target.matches("[a-z]+:.*")).toList();
  }

  /** What stands between back-quotes in the prose. */
  List<String> inline() {
    return matches(INLINE, prose());
  }

  /** Code blocks in a language, in their order. */
  List<String> blocks(String language) {
    return matches(Pattern.compile("(?ms)^```" + language + "\n(.*?)^```"), text);
  }

  /** Lines of code blocks, those joined that end in a backslash. */
  List<String> lines() {
    return matches(FENCED, text).stream()
        .flatMap(block -> block.replace("\\\n", " ").lines())
        .toList();
  }

  /** What a link may have after {@code #}. */
  List<String> anchors() {
    return matches(HEADING, prose()).stream().map(Page::anchor).toList();
  }

  /** As the site that shows the pages makes them. */
  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
        .strip()
        .replace(' ', '-');
  }

  private String prose() {
    return FENCED.matcher(text).replaceAll("");
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** How a message names it. */
  @Override
  public String toString() {
    return Program.ROOT.relativize(file).toString();
  }
}
