package dev.piecrust.cli.terminal;

import java.util.List;

/** Lines on a terminal that are drawn again in their place. */
final class LiveLines {
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final Terminal terminal;
  private int drawn;

  LiveLines(Terminal terminal) {
    this.terminal = terminal;
  }

  void draw(List<String> lines) {
    terminal.control(UP_AND_CLEAR.repeat(drawn));
    lines.forEach(terminal.err()::println);
    drawn = lines.size();
  }
}
