package dev.piecrust.view;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.Predictions;
import java.util.List;
import java.util.Optional;

/**
 * What one method keeps of one prompt at one budget, and what the model then expects.
 *
 * @param methods that have a result of the prompt
 * @param budgets at which the method has a keep set
 * @param occurrences of the prompt in all, kept or not
 * @param fidelity absent where the prompt has no result
 * @param predictions absent where they were not recorded
 * @param kept best first
 * @param failure why the prompt has no result; absent where it has one, or may still get one
 */
public record PromptView(
    String campaign,
    String task,
    int prompt,
    List<String> methods,
    List<Integer> budgets,
    String method,
    int budget,
    int occurrences,
    Optional<Fidelity> fidelity,
    Optional<Predictions> predictions,
    List<Kept> kept,
    Optional<String> failure) {
  public PromptView {
    methods = List.copyOf(methods);
    budgets = List.copyOf(budgets);
    kept = List.copyOf(kept);
  }

  /**
   * A kept occurrence.
   *
   * @param score why it is kept, signed
   * @param description of its feature, where there is one
   */
  public record Kept(FeatureId feature, int position, double score, Optional<String> description) {}
}
