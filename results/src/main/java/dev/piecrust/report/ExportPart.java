package dev.piecrust.report;

import java.io.IOException;
import java.util.List;

/** One or a few files of an export. The same results must give the same bytes. */
interface ExportPart {
  void write(ExportSource source, ExportFiles files) throws IOException;

  /** Writes a text in UTF-8. */
  @FunctionalInterface
  interface Text {
    void writeTo(Appendable out) throws IOException;
  }

  /** The lines, each ended by a line feed. */
  static Text lines(List<String> lines) {
    return out -> {
      for (String line : lines) {
        out.append(line).append('\n');
      }
    };
  }
}
