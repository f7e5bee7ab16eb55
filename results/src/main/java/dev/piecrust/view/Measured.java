package dev.piecrust.view;

import dev.piecrust.store.result.KlRow;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** KL at the last token on all prompts of a task, in little memory. */
final class Measured {
  private final Map<Cell, Column> columns = new HashMap<>();

  private record Cell(String method, int budget) {}

  /**
   * @param prompts ascending
   * @param values one for each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Column(int[] prompts, double[] values) {
    static Column of(TreeMap<Integer, Double> byPrompt) {
      return new Column(
          byPrompt.keySet().stream().mapToInt(p -> p).toArray(),
          byPrompt.values().stream().mapToDouble(v -> v).toArray());
    }
  }

  Measured(Collection<KlRow> rows) {
    Map<Cell, TreeMap<Integer, Double>> cells = new HashMap<>();
    rows.forEach(
        row ->
            cells
                .computeIfAbsent(new Cell(row.method(), row.budget()), cell -> new TreeMap<>())
                .put(row.prompt(), row.klLast()));
    cells.forEach((cell, values) -> columns.put(cell, Column.of(values)));
  }

  /** The values of one method at one budget; none where it was not measured. */
  double[] values(String method, int budget) {
    return column(method, budget).map(column -> column.values().clone()).orElse(new double[0]);
  }

  private Optional<Column> column(String method, int budget) {
    return Optional.ofNullable(columns.get(new Cell(method, budget)));
  }

  /** This one's values minus another's, on the prompts that both have. */
  double[] minus(Measured other, String method, int budget) {
    Optional<Column> ours = column(method, budget);
    Optional<Column> theirs = other.column(method, budget);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return new double[0];
    }
    return difference(ours.get(), theirs.get());
  }

  private static double[] difference(Column ours, Column theirs) {
    double[] differences = new double[ours.prompts().length];
    int n = 0;
    int j = 0;
    for (int i = 0; i < ours.prompts().length; i++) {
      while (j < theirs.prompts().length && theirs.prompts()[j] < ours.prompts()[i]) {
        j++;
      }
      if (j < theirs.prompts().length && theirs.prompts()[j] == ours.prompts()[i]) {
        differences[n++] = ours.values()[i] - theirs.values()[j];
      }
    }
    return Arrays.copyOf(differences, n);
  }

  static final Measured NOTHING = new Measured(List.of());
}
