package dev.piecrust.feature;

import java.util.Optional;

/**
 * How one circuit did on one prompt: all occurrences of its features were kept, all others removed
 * (docs/method.md §6).
 *
 * @param task name of the task
 * @param index index of the prompt within the task, from 0
 * @param share which share of the prompts it belongs to: {@code training}, {@code validation} or
 *     {@code held-out}
 * @param method as in {@link Circuit}
 * @param ranking as in {@link Circuit}
 * @param budget features of the circuit
 * @param kept occurrences of these features in this prompt
 * @param curves of the method, beside its smallest circuit where curves are measured
 */
public record CircuitOutcome(
    String task,
    int index,
    String share,
    String method,
    String ranking,
    int budget,
    int kept,
    Fidelity fidelity,
    Optional<MetricCurves> curves) {
  public CircuitOutcome {
    curves = Optional.ofNullable(curves).flatMap(c -> c);
  }

  /** One without curves. */
  public CircuitOutcome(
      String task,
      int index,
      String share,
      String method,
      String ranking,
      int budget,
      int kept,
      Fidelity fidelity) {
    this(task, index, share, method, ranking, budget, kept, fidelity, Optional.empty());
  }
}
