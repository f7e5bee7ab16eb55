package dev.piecrust.report.document;

import dev.piecrust.report.file.ExportFiles;
import dev.piecrust.report.file.ExportPart;
import dev.piecrust.report.file.ExportSource;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.report.text.FeatureText;
import dev.piecrust.report.text.FidelityTables;
import dev.piecrust.report.text.Findings;
import dev.piecrust.report.text.MeaningTables;
import dev.piecrust.report.text.PaperTable;
import dev.piecrust.report.text.PaperTable.Cell;
import dev.piecrust.report.text.SafeText;
import dev.piecrust.report.text.SpendText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code results.md}: what came out, as tables and sentences of Markdown. */
public final class MarkdownFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    ResultTable results = source.table();
    List<String> lines = new ArrayList<>();
    paragraph("# " + SafeText.markdown(results.campaign()), lines);
    paragraph(SafeText.markdown(ReportFacts.summary(source)), lines);
    for (TaskTable task : results.tasks()) {
      paragraph("## " + SafeText.markdown(task.task()), lines);
      paragraph(SafeText.markdown(String.join(". ", Findings.of(task)) + "."), lines);
      FidelityTables.of(task).forEach(table -> add(table, lines));
      add(FidelityTables.measures(task), lines);
    }
    results
        .features()
        .ifPresent(
            features -> {
              paragraph("## Features", lines);
              paragraph(SafeText.markdown(FeatureText.sentence(features)), lines);
              paragraph(SafeText.markdown(SpendText.of(features.spend())), lines);
              MeaningTables.of(features, Integer.MAX_VALUE).forEach(table -> add(table, lines));
            });
    files.add("results.md", ExportPart.lines(lines));
  }

  private static void paragraph(String text, List<String> lines) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(text);
  }

  private static void add(PaperTable table, List<String> lines) {
    paragraph(SafeText.markdown(table.caption()), lines);
    paragraph(row(table.columns(), column -> SafeText.markdown(column.title())), lines);
    lines.add(
        row(table.columns(), column -> column.kind() == PaperTable.Kind.FIGURE ? "---:" : "---"));
    table.rows().forEach(cells -> lines.add(row(cells, MarkdownFile::cell)));
  }

  private static <T> String row(List<T> cells, Function<T, String> text) {
    return cells.stream().map(text).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String cell(Cell cell) {
    String figure = SafeText.markdown(cell.figure());
    return (cell.best() ? "**" + figure + "**" : figure)
        + (cell.beside().isEmpty() ? "" : " " + SafeText.markdown(cell.beside()));
  }
}
