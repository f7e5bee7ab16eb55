package dev.piecrust.report.analysis;

import dev.piecrust.feature.Fidelity;
import dev.piecrust.store.result.ResultRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The measures of one task by method, prompt and budget.
 *
 * <p>{@code random} goes on past the spec's budgets until a prompt's occurrences are all kept
 * (docs/method.md §6), which differs by prompt: beyond that, more budget keeps the same, so a
 * prompt's last result stands for all larger budgets.
 */
public final class Measures {
  private final Map<String, NavigableMap<Integer, NavigableMap<Integer, Fidelity>>> measured =
      new TreeMap<>();

  /**
   * @param rows of one task
   */
  public Measures(Collection<ResultRow> rows) {
    for (ResultRow row : rows) {
      measured
          .computeIfAbsent(row.method(), m -> new TreeMap<>())
          .computeIfAbsent(row.index(), p -> new TreeMap<>())
          .put(row.budget(), row.fidelity());
    }
  }

  /** The prompts with a result of any method. */
  public SortedSet<Integer> prompts() {
    TreeSet<Integer> prompts = new TreeSet<>();
    measured.values().forEach(byPrompt -> prompts.addAll(byPrompt.keySet()));
    return prompts;
  }

  /** The prompts with a result of all those methods that have any. */
  public SortedSet<Integer> commonPrompts() {
    SortedSet<Integer> prompts = prompts();
    measured.values().forEach(byPrompt -> prompts.retainAll(byPrompt.keySet()));
    return prompts;
  }

  /** The budgets at which the method was measured on any prompt. */
  public SortedSet<Integer> budgets(String method) {
    TreeSet<Integer> budgets = new TreeSet<>();
    of(method).values().forEach(byBudget -> budgets.addAll(byBudget.keySet()));
    return budgets;
  }

  /** The method's measure of this prompt at this budget, if it has one. */
  public Optional<Fidelity> at(String method, int budget, int prompt) {
    return Optional.ofNullable(of(method).get(prompt))
        .map(byBudget -> byBudget.floorEntry(budget))
        .map(Map.Entry::getValue);
  }

  /** The method's measures at this budget, of these prompts as far as they have one. */
  public List<Fidelity> at(String method, int budget, Collection<Integer> prompts) {
    List<Fidelity> found = new ArrayList<>();
    prompts.forEach(prompt -> at(method, budget, prompt).ifPresent(found::add));
    return found;
  }

  private NavigableMap<Integer, NavigableMap<Integer, Fidelity>> of(String method) {
    return measured.getOrDefault(method, Collections.emptyNavigableMap());
  }
}
