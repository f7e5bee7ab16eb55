package dev.piecrust.bench.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What exports of different sizes took. */
public record ExportReport(List<Row> rows) {
  private static final int MB = 1_000_000;

  public ExportReport {
    rows = List.copyOf(rows);
  }

  /**
   * One export.
   *
   * @param results a method at a budget on a prompt
   * @param seconds it took
   * @param peakHeapBytes the most that was alive after a collection while it was written
   * @param fileBytes of all files
   */
  public record Row(
      String format, int results, double seconds, long peakHeapBytes, long fileBytes) {}

  /** A table of Markdown, which is that of docs/performance.md. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| format | results | seconds | peak heap | files |");
    lines.add("|---|---|---|---|---|");
    for (Row row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.1f | %d MB | %.1f MB |",
              row.format(),
              row.results(),
              row.seconds(),
              row.peakHeapBytes() / MB,
              (double) row.fileBytes() / MB));
    }
    return lines;
  }
}
