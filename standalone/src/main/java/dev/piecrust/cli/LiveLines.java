package dev.piecrust.cli;

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
    StringBuilder text = new StringBuilder(UP_AND_CLEAR.repeat(drawn));
    lines.forEach(line -> text.append(line).append('\n'));
    terminal.err().print(text);
    terminal.err().flush();
    drawn = lines.size();
  }
}
