package dev.piecrust.report.analysis;

import dev.piecrust.report.analysis.MethodMeasures.Columns;
import dev.piecrust.store.result.PromptResults;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** KL at the last position of one task, by method, budget and prompt: 8 bytes a result. */
public final class Measures {
  /**
   * A value for each prompt.
   *
   * @param prompts indices, ascending, [N]
   * @param values in nats, [N]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Column(int[] prompts, double[] values) {}

  private final Map<String, NavigableMap<Integer, Column>> measured = new TreeMap<>();
  private int[] last = new int[0];

  /** What the database holds of a task of a campaign. */
  public static Measures read(
      PromptResults results, String campaignId, String task, Collection<String> methods) {
    Measures measures = new Measures();
    for (String method : methods) {
      measures.add(method, read(results, campaignId, task, method));
    }
    return measures;
  }

  /** All measures of one method. */
  public static MethodMeasures read(
      PromptResults results, String campaignId, String task, String method) {
    MethodMeasures measures = new MethodMeasures();
    results.forEach(campaignId, task, method, measures::add);
    return measures;
  }

  /** Notes what a method did. */
  public void add(String method, MethodMeasures measures) {
    for (int budget : measures.budgets()) {
      Columns columns = measures.at(budget);
      measured
          .computeIfAbsent(method, m -> new TreeMap<>())
          .put(budget, new Column(once(columns.prompts()), columns.klLast()));
    }
  }

  /** Most columns are of the same prompts. */
  private int[] once(int[] prompts) {
    if (!Arrays.equals(prompts, last)) {
      last = prompts;
    }
    return last;
  }

  /** The prompts with a result of any method. */
  public SortedSet<Integer> prompts() {
    TreeSet<Integer> prompts = new TreeSet<>();
    measured.keySet().forEach(method -> prompts.addAll(prompts(method)));
    return prompts;
  }

  /** The prompts with a result of all those methods that have any. */
  public SortedSet<Integer> commonPrompts() {
    SortedSet<Integer> prompts = prompts();
    measured.keySet().forEach(method -> prompts.retainAll(prompts(method)));
    return prompts;
  }

  /** A result at one budget stands for larger ones, so the largest has all prompts. */
  private SortedSet<Integer> prompts(String method) {
    TreeSet<Integer> prompts = new TreeSet<>();
    Arrays.stream(of(method).lastEntry().getValue().prompts()).forEach(prompts::add);
    return prompts;
  }

  /** The budgets at which the method was measured on any prompt. */
  public SortedSet<Integer> budgets(String method) {
    return new TreeSet<>(of(method).keySet());
  }

  /** The method's values at this budget, by prompt; none where it was not measured, [N]. */
  public double[] values(String method, int budget) {
    return column(method, budget).map(column -> column.values().clone()).orElse(new double[0]);
  }

  /** The same of these prompts, as far as they have one and in their order. */
  public double[] values(String method, int budget, Collection<Integer> prompts) {
    return column(method, budget)
        .map(
            column ->
                prompts.stream()
                    .mapToInt(prompt -> Arrays.binarySearch(column.prompts(), prompt))
                    .filter(at -> at >= 0)
                    .mapToDouble(at -> column.values()[at])
                    .toArray())
        .orElse(new double[0]);
  }

  /** This one's values minus another's, on the prompts that both have. */
  public double[] minus(Measures other, String method, int budget) {
    Optional<Column> ours = column(method, budget);
    Optional<Column> theirs = other.column(method, budget);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return new double[0];
    }
    int[] at =
        Arrays.stream(ours.get().prompts())
            .map(prompt -> Arrays.binarySearch(theirs.get().prompts(), prompt))
            .toArray();
    return IntStream.range(0, at.length)
        .filter(i -> at[i] >= 0)
        .mapToDouble(i -> ours.get().values()[i] - theirs.get().values()[at[i]])
        .toArray();
  }

  private Optional<Column> column(String method, int budget) {
    return Optional.ofNullable(of(method).floorEntry(budget)).map(Map.Entry::getValue);
  }

  private NavigableMap<Integer, Column> of(String method) {
    return measured.getOrDefault(method, new TreeMap<>());
  }
}
