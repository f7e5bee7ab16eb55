package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;
import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import java.util.List;
import java.util.Map;

/**
 * Which features are explained: the union over all tasks and prompts of those that a method keeps
 * at a budget.
 *
 * @param method one that keeps occurrences prompt by prompt, see {@link Method#perPrompt}
 * @param budget kept occurrences a prompt; one of the campaign's budgets
 * @param atMost how many features at most: the first of those that are kept, by what carries over
 *     best to prompts held out
 */
public record FeatureRule(
    @FormField("Features kept by")
        @Key(
            value = "One of prune.methods that keeps occurrences prompt by prompt.",
            otherwise = "fap-synergy, else the first of prune.methods")
        Method method,
    @FormField("at K")
        @Key(
            value = "One of prune.budgets.",
            in = "[1, ∞)",
            otherwise = FeatureRule.USUAL_BUDGET + ", else the first of prune.budgets")
        int budget,
    @Key(
            value = "Occurrences of a feature, over all prompts, that must be kept.",
            in = "[1, ∞)",
            usual = "1")
        int minKept,
    @FormField(value = "at most", help = "features; the first by rank")
        @Key(
            value = "Most features; they are ranked by what carries over best to held-out prompts.",
            in = "[1, ∞)",
            usual = "200")
        int atMost) {
  static final int USUAL_BUDGET = 100;

  public FeatureRule {
    RecordKeys.check(FeatureRule.class, "interpret.features", method, budget, minKept, atMost);
    Bounds.require(
        "interpret.features.method",
        method.label(),
        method.perPrompt(),
        "a method that keeps occurrences prompt by prompt, such as " + Method.FAP.label());
  }

  /** The features that are explained where a spec says nothing but what is pruned. */
  public static FeatureRule usual(PruneSpec prune) {
    List<Method> methods = prune.promptMethods();
    Method method = methods.contains(Method.FAP_SYNERGY) ? Method.FAP_SYNERGY : methods.get(0);
    int budget = prune.budgets().contains(USUAL_BUDGET) ? USUAL_BUDGET : prune.budgets().get(0);
    return RecordKeys.make(FeatureRule.class, Map.of("method", method, "budget", budget))
        .orElseThrow();
  }
}
