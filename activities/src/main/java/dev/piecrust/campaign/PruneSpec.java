package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;
import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Stage I: which methods, at which budgets (docs/method.md §5–6).
 *
 * @param methods in the order of the tables, each once; at least one that keeps prompt by prompt
 * @param budgets kept occurrences, ascending; at least one
 * @param settings parameters of single methods; those stored by release 0.1 have none and read as
 *     the defaults
 * @param heldOut share of a task's prompts kept back to measure circuits that were found on the
 *     others; as many again validate {@code circuit-swap}, which needs more than 0
 * @param curve whether the metric is measured against the share that is kept, on those prompts;
 *     campaigns stored by release 0.6 have none
 */
public record PruneSpec(
    @FormField(value = "Methods", wide = true)
        @Key(
            value = "What chooses, in the order of the tables.",
            expected = "a list of methods",
            example = "[fap, random]",
            usual = "[fap, activation-magnitude, random]")
        List<Method> methods,
    @FormField(value = "Budgets K", help = "kept occurrences a prompt, such as 50, 100, 200")
        @Key(
            value = "How many occurrences are kept of each prompt.",
            in = "[1, ∞)",
            expected = "a list of whole numbers",
            example = "[50, 100]",
            usual = "[50, 100, 200, 400, 800]")
        List<Integer> budgets,
    @Key(
            value =
                "What an activation is compared with: the corrupted prompt's at the same place, or"
                    + " zero.",
            usual = "prompt")
        Corruption corruption,
    @Key(
            value =
                "The number that is attributed: the right minus the wrong answer's logit at the"
                    + " last position, or the log-sum-exp of the logits, summed over positions.",
            usual = "logit_diff")
        Metric metric,
    @Key(value = "What a budget is for: the whole prompt, or each layer of it.", usual = "global")
        Scope scope,
    @Key(
            value = "Draws that it is the mean of.",
            name = "random.seeds",
            group = "Of the method random.",
            in = "[1, 1000]",
            usual = "5")
        int randomSeeds,
    @Key(
            value = "Prompts that are scored together: it decides memory and speed, not results.",
            in = "[1, 10000]",
            usual = "10")
        int batch,
    @Key(value = "Parameters of single methods.", inline = true) MethodSettings settings,
    @FormField(value = "Held out", help = "share of prompts for circuits, 0 to less than 0.5")
        @Key(
            value =
                "Share of the prompts on which circuits are measured, and which no choice sees; as"
                    + " many again validate circuit-swap. 0 for no circuits.",
            in = "[0, 0.5)",
            usual = "0.2")
        double heldOut,
    @Key(
            value =
                "Whether the metric is measured against the share of active features that is kept,"
                    + " on the prompts held out, for the areas CPR and CMD.",
            usual = "true",
            omitUsual = true)
        Boolean curve) {
  public PruneSpec {
    methods = methods.stream().distinct().toList();
    budgets = budgets.stream().distinct().sorted().toList();
    settings = Optional.ofNullable(settings).orElseGet(MethodSettings::defaults);
    curve = Objects.requireNonNullElse(curve, true); // unknown to older campaigns
    RecordKeys.check(
        PruneSpec.class,
        "prune",
        methods,
        budgets,
        corruption,
        metric,
        scope,
        randomSeeds,
        batch,
        settings,
        heldOut,
        curve);
    Bounds.require(
        "prune.methods",
        methods.stream().map(Method::label).toList(),
        methods.stream().anyMatch(Method::perPrompt),
        "at least one method beside those of circuits, such as " + Method.FAP.label());
    Bounds.require("prune.budgets", budgets, !budgets.isEmpty(), "at least one number");
    Bounds.require(
        "prune.held_out",
        heldOut,
        heldOut > 0 || methods.stream().allMatch(Method::perPrompt),
        "more than 0 where prune.methods has circuit-swap or circuit-greedy");
  }

  /** The paper's settings. */
  public static PruneSpec defaults() {
    return RecordKeys.usual(PruneSpec.class);
  }

  /** The methods that keep occurrences prompt by prompt, in the order of the tables. */
  public List<Method> promptMethods() {
    return methods.stream().filter(Method::perPrompt).toList();
  }

  /** The same with these methods alone. */
  public PruneSpec withMethods(Method... others) {
    return new PruneSpec(
        List.of(others),
        budgets,
        corruption,
        metric,
        scope,
        randomSeeds,
        batch,
        settings,
        heldOut,
        curve);
  }

  /** The same with these budgets alone, in occurrences kept. */
  public PruneSpec withBudgets(Integer... others) {
    return new PruneSpec(
        methods,
        List.of(others),
        corruption,
        metric,
        scope,
        randomSeeds,
        batch,
        settings,
        heldOut,
        curve);
  }

  /** The same with other parameters of single methods. */
  public PruneSpec withSettings(MethodSettings others) {
    return new PruneSpec(
        methods, budgets, corruption, metric, scope, randomSeeds, batch, others, heldOut, curve);
  }

  /** The same with or without curves of the metric. */
  public PruneSpec withCurve(boolean measured) {
    return new PruneSpec(
        methods,
        budgets,
        corruption,
        metric,
        scope,
        randomSeeds,
        batch,
        settings,
        heldOut,
        measured);
  }
}
