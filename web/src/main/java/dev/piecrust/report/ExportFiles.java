package dev.piecrust.report;

import java.io.IOException;

/** Where the files of an export go. */
interface ExportFiles {
  /** Adds a file, a text in UTF-8. */
  void add(String name, ExportPart.Text text) throws IOException;
}
