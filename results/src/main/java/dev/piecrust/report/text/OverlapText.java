package dev.piecrust.report.text;

import dev.piecrust.report.analysis.Overlap;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How much the methods keep alike at one budget, as a triangle of numbered methods. */
final class OverlapText {
  private OverlapText() {}

  static List<String> of(TaskTable task, int budget) {
    List<Overlap> overlaps =
        task.analysis().overlaps().stream().filter(o -> o.budget() == budget).toList();
    List<String> methods =
        overlaps.stream().flatMap(o -> Stream.of(o.method(), o.other())).distinct().toList();
    if (methods.isEmpty()) {
      return List.of();
    }
    List<List<String>> cells = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("method"));
    for (int column = 1; column < methods.size(); column++) {
      header.add("(%d)".formatted(column));
    }
    cells.add(header);
    for (int r = 0; r < methods.size(); r++) {
      List<String> line = new ArrayList<>(List.of("(%d) %s".formatted(r + 1, methods.get(r))));
      for (int c = 0; c < methods.size() - 1; c++) {
        line.add(c < r ? cell(overlaps, methods.get(c), methods.get(r)) : "");
      }
      cells.add(line);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "Overlap of what is kept at K=%d (Jaccard, mean over prompts; 1 is the same, 0 nothing alike):"
            .formatted(budget));
    lines.addAll(AlignedText.of(cells));
    return lines;
  }

  private static String cell(List<Overlap> overlaps, String method, String other) {
    return overlaps.stream()
        .filter(o -> o.method().equals(method) && o.other().equals(other))
        .map(o -> String.format(Locale.ROOT, "%.2f", o.occurrences()))
        .findFirst()
        .orElse("–");
  }
}
