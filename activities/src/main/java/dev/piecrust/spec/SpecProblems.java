package dev.piecrust.spec;

import static dev.piecrust.failure.PieCrustException.user;
import static java.util.stream.Collectors.joining;

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

  /** Line and column count from 1. */
  private record Problem(int line, int column, String text) {}

  SpecProblems(String file) {
    this.file = file;
  }

  /** Notes that the value of a key (its path, such as {@code prune.budgets}) is wrong. */
  void add(Mark at, String key, String what) {
    problems.add(new Problem(at.getLine() + 1, at.getColumn() + 1, fitting(key + ": " + what)));
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

  /** Throws one user error with a line for each problem, in the order of the file. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw user(
          "%s",
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
              .map(p -> "%s:%d:%d: %s".formatted(file, p.line(), p.column(), p.text()))
              .distinct()
              .limit(MOST)
              .collect(joining("\n")));
    }
  }
}
