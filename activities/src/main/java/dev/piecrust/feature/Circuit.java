package dev.piecrust.feature;

import java.util.List;

/**
 * Features chosen on a task's training prompts, to be judged on its held-out prompts
 * (docs/method.md §6).
 *
 * @param task name of the task
 * @param method whose scores or keep sets chose them
 * @param ranking how: {@code kept-count}, {@code mean-score}, {@code swap} or {@code greedy}
 * @param budget how many features were asked for
 * @param features best first; fewer than the budget where there are no more
 * @param rest the features ranked behind them, beside a method's smallest circuit where curves are
 *     measured
 */
public record Circuit(
    String task,
    String method,
    String ranking,
    int budget,
    List<FeatureId> features,
    List<FeatureId> rest) {
  public Circuit {
    features = List.copyOf(features);
    rest = rest == null ? List.of() : List.copyOf(rest);
  }

  /** One of which the rest of the ranking is not wanted. */
  public Circuit(String task, String method, String ranking, int budget, List<FeatureId> features) {
    this(task, method, ranking, budget, features, List.of());
  }

  /** Whether it holds the whole ranking; not so where release 0.6 made it. */
  public boolean ranksAll() {
    return !rest.isEmpty() || features.size() < budget;
  }
}
