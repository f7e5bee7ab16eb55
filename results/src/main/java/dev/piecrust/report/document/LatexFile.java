package dev.piecrust.report.document;

import dev.piecrust.report.file.ExportFiles;
import dev.piecrust.report.file.ExportPart;
import dev.piecrust.report.file.ExportSource;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.report.text.FidelityTables;
import dev.piecrust.report.text.MeaningTables;
import dev.piecrust.report.text.PaperTable;
import dev.piecrust.report.text.PaperTable.Cell;
import dev.piecrust.report.text.PaperTable.Column;
import dev.piecrust.report.text.SafeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code results.tex}: booktabs tables with captions and labels, ready to be pasted one by one. */
public final class LatexFile implements ExportPart {
  /** As many as fit beside the other tables of a paper. */
  private static final int FEATURES = 20;

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("% Needs \\usepackage{booktabs}. The best method of each budget is bold.");
    for (TaskTable task : source.table().tasks()) {
      FidelityTables.of(task).forEach(table -> add(table, lines));
      add(FidelityTables.measures(task), lines);
    }
    source
        .table()
        .features()
        .ifPresent(
            features -> MeaningTables.of(features, FEATURES).forEach(table -> add(table, lines)));
    files.add("results.tex", ExportPart.lines(lines));
  }

  private static void add(PaperTable table, List<String> lines) {
    lines.add("");
    lines.add("\\begin{table}[t]");
    lines.add("\\centering");
    lines.add("\\caption{%s}".formatted(SafeText.latex(table.caption())));
    lines.add("\\label{tab:%s}".formatted(table.name()));
    lines.add("\\begin{tabular}{%s}".formatted(alignment(table.columns())));
    lines.add("\\toprule");
    lines.add(row(table.columns(), column -> SafeText.latex(column.title())));
    lines.add("\\midrule");
    table.rows().forEach(cells -> lines.add(row(cells, LatexFile::cell)));
    lines.add("\\bottomrule");
    lines.add("\\end{tabular}");
    lines.add("\\end{table}");
  }

  private static String alignment(List<Column> columns) {
    return columns.stream()
        .map(
            column ->
                switch (column.kind()) {
                  case NAME -> "l";
                  case FIGURE -> "r";
                  case TEXT -> "p{0.4\\linewidth}";
                })
        .collect(Collectors.joining());
  }

  private static <T> String row(List<T> cells, Function<T, String> text) {
    return cells.stream().map(text).collect(Collectors.joining(" & ", "", " \\\\"));
  }

  private static String cell(Cell cell) {
    String figure = SafeText.latex(cell.figure());
    return (cell.best() ? "\\textbf{" + figure + "}" : figure)
        + (cell.beside().isEmpty() ? "" : " " + SafeText.latex(cell.beside()));
  }
}
