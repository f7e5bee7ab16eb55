package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

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
  static final int DEFAULT_MIN_KEPT = 1;
  static final int DEFAULT_AT_MOST = 200;

  public FeatureRule {
    if (budget < 1 || minKept < 1 || atMost < 1) {
      throw user("interpret.features: budget, min_kept and at_most must be 1 or more");
    }
    if (!method.perPrompt()) {
      throw user(
          "interpret.features.method: %s keeps nothing prompt by prompt, expected another",
          method.label());
    }
  }
}
