package dev.piecrust.cli.terminal;

import java.util.List;

/** Lines on a terminal that are drawn again in their place. */
final class LiveLines {
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final Terminal terminal;
  private int drawn;
  private int notices;

  LiveLines(Terminal terminal) {
    this.terminal = terminal;
    this.notices = terminal.notices();
  }

  void draw(List<String> lines) {
    if (notices != terminal.notices()) { // these stay, and the lines go on below
      notices = terminal.notices();
      drawn = 0;
    }
    terminal.control(UP_AND_CLEAR.repeat(drawn));
    lines.forEach(terminal.err()::println);
    drawn = lines.size();
  }
}
