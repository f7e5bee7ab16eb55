package dev.piecrust.report.analysis;

import dev.piecrust.feature.Fidelity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one method did on the prompts of a task, in columns of plain numbers: 60 bytes a result.
 *
 * <p>{@code random} goes on past the spec's budgets until a prompt's occurrences are all kept
 * (docs/method.md §6), which differs by prompt: beyond that, more budget keeps the same, so a
 * prompt's last result stands for all larger budgets.
 */
public final class MethodMeasures {
  private static final int ESTIMATED = 5;
  private static final int MEASURES = ESTIMATED + 2;
  private static final int FIRST_SIZE = 64;

  private final NavigableMap<Integer, Cell> cells = new TreeMap<>();

  /** The results at one budget, by prompt. */
  private static final class Cell {
    private int[] prompts = new int[FIRST_SIZE];
    private final double[][] values = new double[MEASURES][FIRST_SIZE];
    private int size;

    void add(int prompt, double[] measures) {
      if (size == prompts.length) {
        prompts = Arrays.copyOf(prompts, 2 * size);
        Arrays.setAll(values, m -> Arrays.copyOf(values[m], 2 * size));
      }
      prompts[size] = prompt;
      for (int m = 0; m < MEASURES; m++) {
        values[m][size] = measures[m];
      }
      size++;
    }

    Columns columns() {
      return new Columns(
          Arrays.copyOf(prompts, size),
          Arrays.stream(values)
              .map(column -> Arrays.copyOf(column, size))
              .toArray(double[][]::new));
    }
  }

  /**
   * The measures at one budget, a value for each prompt; not-a-number where it is missing.
   *
   * @param prompts indices, ascending, [N]
   * @param values KL at the last position, KL over all, changed predictions, faithfulness,
   *     completeness, {@code m_clean − m(∅)} and {@code m_clean}, [7, N]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Columns(int[] prompts, double[][] values) {
    /** KL at the last position in nats, [N]. */
    public double[] klLast() {
      return values[0];
    }

    /** One column for each measure of which means are taken. */
    public List<double[]> series() {
      return List.of(values).subList(0, ESTIMATED);
    }

    /** Numerators and denominators of {@link Ratios}, in its order. */
    public List<Statistics.Quotient> quotients() {
      double[] faithfulness = values[3];
      double[] span = values[5];
      double[] clean = values[6];
      double[] effect = product(faithfulness, span);
      double[] metric = new double[effect.length];
      Arrays.setAll(metric, i -> clean[i] - span[i] + effect[i]);
      return List.of(
          new Statistics.Quotient(effect, span),
          new Statistics.Quotient(product(values[4], span), span),
          new Statistics.Quotient(metric, clean));
    }

    private static double[] product(double[] a, double[] b) {
      double[] product = new double[a.length];
      Arrays.setAll(product, i -> a[i] * b[i]);
      return product;
    }
  }

  /** Adds a result; they come by budget and then by prompt, ascending. */
  public void add(int budget, int prompt, Fidelity f) {
    cells
        .computeIfAbsent(budget, k -> new Cell())
        .add(
            prompt,
            new double[] {
              f.klLast(),
              f.klAll(),
              f.predChanged(),
              orMissing(f.faithfulness()),
              orMissing(f.completeness()),
              f.span(),
              orMissing(f.metricClean())
            });
  }

  private static double orMissing(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /** The budgets at which the method was measured on any prompt. */
  public SortedSet<Integer> budgets() {
    return Collections.unmodifiableSortedSet(cells.navigableKeySet());
  }

  /** What the method did at a budget, on the prompts with a result at it or at a smaller one. */
  public Columns at(int budget) {
    NavigableMap<Integer, Cell> upTo = cells.headMap(budget, true);
    long distinct =
        upTo.values().stream()
            .flatMapToInt(cell -> Arrays.stream(cell.prompts, 0, cell.size))
            .distinct()
            .count();
    if (!upTo.isEmpty() && upTo.lastEntry().getValue().size == distinct) {
      return upTo.lastEntry().getValue().columns();
    }
    TreeMap<Integer, double[]> last = new TreeMap<>();
    upTo.values()
        .forEach(
            cell -> {
              for (int i = 0; i < cell.size; i++) {
                double[] measures = new double[MEASURES];
                for (int m = 0; m < MEASURES; m++) {
                  measures[m] = cell.values[m][i];
                }
                last.put(cell.prompts[i], measures);
              }
            });
    Cell all = new Cell();
    last.forEach(all::add);
    return all.columns();
  }
}
