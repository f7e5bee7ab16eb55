package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.List;

/**
 * Stage I: which methods, at which budgets (METHOD.md §5–6).
 *
 * @param methods in the order of the tables
 * @param budgets kept occurrences, ascending
 * @param randomSeeds how many seeds {@code random} averages over
 * @param batch prompts that are scored together; it decides memory and speed, not results
 */
public record PruneSpec(
    List<Method> methods,
    List<Integer> budgets,
    Corruption corruption,
    Metric metric,
    Scope scope,
    int randomSeeds,
    int batch) {
  public static final List<Method> DEFAULT_METHODS =
      List.of(Method.FAP, Method.ACTIVATION_MAGNITUDE, Method.RANDOM);
  public static final List<Integer> DEFAULT_BUDGETS = List.of(50, 100, 200, 400, 800);
  public static final int DEFAULT_RANDOM_SEEDS = 5;
  public static final int DEFAULT_BATCH = 10;

  public PruneSpec {
    methods = methods.stream().distinct().toList();
    budgets = budgets.stream().distinct().sorted().toList();
    if (methods.isEmpty()) {
      throw user("prune.methods: expected at least one method");
    }
    if (budgets.isEmpty() || budgets.get(0) < 1) {
      throw user("prune.budgets: expected at least one, each 1 or more");
    }
    if (randomSeeds < 1) {
      throw user("prune.random.seeds is %d, expected at least 1", randomSeeds);
    }
    if (batch < 1) {
      throw user("prune.batch is %d, expected at least 1", batch);
    }
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
        DEFAULT_BATCH);
  }
}
