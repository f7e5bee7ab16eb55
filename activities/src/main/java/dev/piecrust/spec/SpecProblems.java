package dev.piecrust.spec;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.text.CleanText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong with a spec, so that all of it is reported at once. */
final class SpecProblems {
  /** More than anybody mends before trying again; what is no spec at all has thousands. */
  private static final int MOST = 50;

  /** Longer than any sentence of ours, with a path in it; what a spec holds has no limit. */
  private static final int LONGEST = 1_000;

  /** Of a longer one; the end says what was expected. */
  private static final int END = 400;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  /** Line and column count from 1; {@code inFile} where it is not the spec that must be mended. */
  private record Problem(int line, int column, String text, boolean inFile) {}

  SpecProblems(String file) {
    this.file = file;
  }

  /** Notes that the value of a key (its path, such as {@code prune.budgets}) is wrong. */
  void add(Mark at, String key, String what) {
    add(at, key, what, false);
  }

  /** The same of what is wrong in a file that the key names. */
  void addInFile(Mark at, String key, String what) {
    add(at, key, what, true);
  }

  private void add(Mark at, String key, String what, boolean inFile) {
    problems.add(
        new Problem(at.getLine() + 1, at.getColumn() + 1, fitting(key + ": " + what), inFile));
  }

  private static String fitting(String text) {
    String line = CleanText.line(text, Integer.MAX_VALUE);
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - END - 1))
            + "…"
            + line.substring(line.offsetByCodePoints(0, length - END));
  }

  int count() {
    return problems.size();
  }

  /**
   * Throws one user error with a line for each problem, where the spec itself has any; else gives
   * the lines of those of files that it names.
   */
  List<String> inFilesAlone() {
    if (problems.stream().anyMatch(problem -> !problem.inFile())) {
      throw user("%s", String.join("\n", lines()));
    }
    return lines();
  }

  /** In the order of the file. */
  private List<String> lines() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .map(p -> "%s:%d:%d: %s".formatted(file, p.line(), p.column(), p.text()))
        .distinct()
        .limit(MOST)
        .toList();
  }
}
