package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;

/**
 * Which features are explained: the union over all tasks and prompts of those that a method keeps
 * at a budget.
 *
 * @param method one that keeps occurrences prompt by prompt, see {@link Method#perPrompt}
 * @param budget kept occurrences a prompt; one of the campaign's budgets
 * @param minKept how many occurrences, over all prompts, must be kept; 1 or more
 * @param atMost how many features at most, 1 or more; those kept most often, then those of the
 *     largest mean absolute score
 */
public record FeatureRule(Method method, int budget, int minKept, int atMost) {
  /** Occurrences of a feature that must be kept, where a spec says nothing. */
  public static final int DEFAULT_MIN_KEPT = 1;

  /** Most features, where a spec says nothing. */
  public static final int DEFAULT_AT_MOST = 200;

  public FeatureRule {
    Bounds.atLeast("interpret.features.budget", budget, 1);
    Bounds.atLeast("interpret.features.min_kept", minKept, 1);
    Bounds.atLeast("interpret.features.at_most", atMost, 1);
    Bounds.require(
        "interpret.features.method",
        method.label(),
        method.perPrompt(),
        "a method that keeps occurrences prompt by prompt, such as " + Method.FAP.label());
  }
}
