package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;
import java.util.List;
import java.util.Optional;

/**
 * Stage I: which methods, at which budgets (docs/method.md §5–6).
 *
 * @param methods in the order of the tables, each once; at least one that keeps prompt by prompt
 * @param budgets kept occurrences, ascending; at least one, each 1 or more
 * @param randomSeeds how many seeds {@code random} averages over, 1 or more
 * @param batch prompts that are scored together, 1 or more; it decides memory and speed, not
 *     results
 * @param settings parameters of single methods; those stored by release 0.1 have none and read as
 *     the defaults
 * @param heldOut share of a task's prompts, 0 to less than 0.5, kept back to measure circuits that
 *     were found on the others; as many again validate {@code circuit-swap}, which needs more than
 *     0. 0 for no circuits
 */
public record PruneSpec(
    List<Method> methods,
    List<Integer> budgets,
    Corruption corruption,
    Metric metric,
    Scope scope,
    int randomSeeds,
    int batch,
    MethodSettings settings,
    double heldOut) {
  /** Methods that choose, where a spec says nothing. */
  public static final List<Method> DEFAULT_METHODS =
      List.of(Method.FAP, Method.ACTIVATION_MAGNITUDE, Method.RANDOM);

  /** Occurrences that are kept, where a spec says nothing. */
  public static final List<Integer> DEFAULT_BUDGETS = List.of(50, 100, 200, 400, 800);

  /** Draws of the method random, where a spec says nothing. */
  public static final int DEFAULT_RANDOM_SEEDS = 5;

  /** Prompts of a unit, where a spec says nothing. */
  public static final int DEFAULT_BATCH = 10;

  /** Share of the prompts held out, where a spec says nothing. */
  public static final double DEFAULT_HELD_OUT = 0.2;

  public PruneSpec {
    methods = methods.stream().distinct().toList();
    budgets = budgets.stream().distinct().sorted().toList();
    settings = Optional.ofNullable(settings).orElseGet(MethodSettings::defaults);
    Bounds.require(
        "prune.methods",
        methods.stream().map(Method::label).toList(),
        methods.stream().anyMatch(Method::perPrompt),
        "at least one method beside circuit-swap, such as " + Method.FAP.label());
    Bounds.require(
        "prune.budgets",
        budgets,
        !budgets.isEmpty() && budgets.get(0) >= 1,
        "at least one number, each 1 or more");
    Bounds.atLeast("prune.random.seeds", randomSeeds, 1);
    Bounds.atLeast("prune.batch", batch, 1);
    Bounds.require(
        "prune.held_out",
        heldOut,
        heldOut >= 0 && heldOut < 0.5,
        "a number from 0 to less than 0.5");
    Bounds.require(
        "prune.held_out",
        heldOut,
        heldOut > 0 || !methods.contains(Method.CIRCUIT_SWAP),
        "more than 0 where prune.methods has circuit-swap");
  }

  /** The paper's settings. */
  public static PruneSpec defaults() {
    return new PruneSpec(
        DEFAULT_METHODS,
        DEFAULT_BUDGETS,
        Corruption.PROMPT,
        Metric.LOGIT_DIFF,
        Scope.GLOBAL,
        DEFAULT_RANDOM_SEEDS,
        DEFAULT_BATCH,
        MethodSettings.defaults(),
        DEFAULT_HELD_OUT);
  }

  /** The methods that keep occurrences prompt by prompt, in the order of the tables. */
  public List<Method> promptMethods() {
    return methods.stream().filter(Method::perPrompt).toList();
  }

  /** The same with these methods alone. */
  public PruneSpec withMethods(Method... others) {
    return new PruneSpec(
        List.of(others), budgets, corruption, metric, scope, randomSeeds, batch, settings, heldOut);
  }

  /** The same with these budgets alone, in occurrences kept. */
  public PruneSpec withBudgets(Integer... others) {
    return new PruneSpec(
        methods, List.of(others), corruption, metric, scope, randomSeeds, batch, settings, heldOut);
  }

  /** The same with other parameters of single methods. */
  public PruneSpec withSettings(MethodSettings others) {
    return new PruneSpec(
        methods, budgets, corruption, metric, scope, randomSeeds, batch, others, heldOut);
  }
}
