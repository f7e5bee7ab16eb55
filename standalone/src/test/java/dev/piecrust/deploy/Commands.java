package dev.piecrust.deploy;

import dev.piecrust.cli.ParsedLine;
import java.util.ArrayList;
import java.util.List;

/** What the program says to the command lines that our files give it. */
final class Commands {
  /**
   * After {@code --drain} a pass that cannot be interrupted has ten seconds to end, and the
   * application five.
   */
  private static final int AFTER_DRAIN_SECONDS = 15;

  private Commands() {}

  static List<String> problems(Container container) {
    List<String> problems = new ArrayList<>();
    ParsedLine line = ParsedLine.of(container.arguments().toArray(new String[0]));
    line.problem().ifPresent(problem -> problems.add(container.where() + ": " + problem));
    if (container.node().has(container.node().has("name") ? "command" : "entrypoint")) {
      problems.add(container.where() + ": replaces the image's own command");
    }
    int needed = line.drainSeconds() == 0 ? 0 : line.drainSeconds() + AFTER_DRAIN_SECONDS;
    if (container.graceSeconds() < needed) {
      problems.add(
          "%s: is killed after %d s, expected at least %d s for --drain %d"
              .formatted(container.where(), container.graceSeconds(), needed, line.drainSeconds()));
    }
    return problems;
  }
}
