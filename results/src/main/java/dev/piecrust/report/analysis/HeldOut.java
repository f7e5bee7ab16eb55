package dev.piecrust.report.analysis;

import java.util.List;
import java.util.Optional;

/**
 * How circuits did on the prompts they were not chosen on (docs/method.md §6), and beside each the
 * same method's answer for every one of these prompts by itself: the first is a circuit of the
 * task, the second may be a fit to each prompt.
 *
 * @param prompts held-out prompts with a result
 * @param rows by the way to choose and by budget: the way that carries over best comes first, see
 *     {@link Decisive}; empty without circuits
 * @param areas by method; empty where curves were not measured
 */
public record HeldOut(int prompts, List<Row> rows, List<MetricArea> areas) {
  /** Without held-out prompts. */
  public static final HeldOut NONE = new HeldOut(0, List.of(), List.of());

  public HeldOut {
    rows = List.copyOf(rows);
    areas = List.copyOf(areas);
  }

  /**
   * A circuit of {@code budget} features on the held-out prompts.
   *
   * @param ranking how the features were chosen: {@code kept-count}, {@code mean-score} or {@code
   *     swap}
   * @param occurrences of its features in a prompt, which are all kept
   * @param perPrompt {@code kl_last} when the method keeps {@code budget} occurrences of the same
   *     prompts, chosen prompt by prompt; absent for methods that do not, and where unmeasured
   * @param best whether no circuit has a lower mean {@code kl_last} at this budget
   */
  public record Row(
      String method,
      String ranking,
      int budget,
      Estimate klLast,
      Estimate klAll,
      Estimate predChanged,
      Estimate faithfulness,
      Estimate completeness,
      Ratios ratios,
      Estimate occurrences,
      Optional<Estimate> perPrompt,
      boolean best) {
    /** How the features were chosen: method and ranking. */
    public List<String> way() {
      return List.of(method, ranking);
    }

    Row marked(boolean isBest) {
      return new Row(
          method,
          ranking,
          budget,
          klLast,
          klAll,
          predChanged,
          faithfulness,
          completeness,
          ratios,
          occurrences,
          perPrompt,
          isBest);
    }
  }
}
