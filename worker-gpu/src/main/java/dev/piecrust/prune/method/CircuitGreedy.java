package dev.piecrust.prune.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.Gradients;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Greedy choice of a task's features (docs/method.md §5, {@code circuit-greedy}): a circuit grows
 * by those features whose return lowers the mean KL over prompts most, to first order, with the
 * circuit so far in place.
 */
public final class CircuitGreedy {
  /** Midpoints of as many equal parts of the path from the circuit alone to everything. */
  public static final int POINTS = 5;

  /** A step adds a quarter of the circuit, and at least so many features. */
  private static final int LEAST_STEP = 5;

  private final Returns returns;

  /** Who knows what the return of features does. */
  @FunctionalInterface
  public interface Returns {
    /**
     * Those outside a circuit, by how much the mean KL over the prompts falls for what of each is
     * put back: best first, and as many as are wanted at most.
     */
    List<FeatureId> bestBeside(List<FeatureId> circuit);
  }

  /** A choice on the prompts of which this one knows. */
  public CircuitGreedy(Returns returns) {
    this.returns = returns;
  }

  /** The question that each prompt whose KL is to become small has to answer. */
  public static CircuitQuestion question(List<FeatureId> circuit, int prompts) {
    return new CircuitQuestion(
        CircuitQuestion.Measure.RETURNS,
        prompts,
        List.of(Share.TRAINING, Share.VALIDATION),
        List.of(new CircuitQuestion.Trial(circuit, List.of())));
  }

  /** What prompts answered, added up. */
  public static final class Sum {
    private final Set<FeatureId> inside;
    private final Map<FeatureId, Double> rise = new HashMap<>();

    /** Nothing yet of the question about this circuit. */
    public Sum(List<FeatureId> circuit) {
      this.inside = Set.copyOf(circuit);
    }

    /** Adds a prompt's answer; prompt by prompt in their order. */
    public void add(Occurrences occurrences, List<Double> answer) {
      for (int i = 0; i < answer.size(); i++) {
        FeatureId feature = new FeatureId(occurrences.layer()[i], occurrences.feature()[i]);
        if (!inside.contains(feature)) {
          rise.merge(feature, answer.get(i), Double::sum);
        }
      }
    }

    /** The features outside the circuit, those that lower the KL most first. */
    public List<FeatureId> bestFirst() {
      return rise.entrySet().stream()
          .sorted(
              Map.Entry.<FeatureId, Double>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /**
   * A circuit and what is added to it.
   *
   * @param circuit best first; what an earlier call returned, or none
   * @param size how many features there shall be
   * @return best first; fewer than {@code size} where the prompts have no more
   */
  public List<FeatureId> grown(List<FeatureId> circuit, int size) {
    List<FeatureId> grown = new ArrayList<>(circuit);
    while (grown.size() < size) {
      List<FeatureId> best = returns.bestBeside(List.copyOf(grown));
      int wanted = Math.min(size - grown.size(), step(grown.size()));
      grown.addAll(best.subList(0, Math.min(wanted, best.size())));
      if (best.size() <= wanted) {
        break;
      }
    }
    return grown;
  }

  private static int step(int size) {
    return Math.max(LEAST_STEP, size / 4);
  }

  /** How often a prompt's gradients are taken until a circuit has a size. */
  public static int steps(int size) {
    int steps = 0;
    for (int n = 0; n < size; n += step(n)) {
      steps++;
    }
    return steps;
  }

  /**
   * What each occurrence's return does to one prompt's KL at the last position, to first order: the
   * gradient through the real model, patterns, denominators and MLPs included, averaged over the
   * path on which all that is not kept comes back.
   */
  static float[] effects(PromptRun run, int[] kept) {
    try (NDManager scope = run.manager().newSubManager()) {
      List<NDArray> removed = run.removingAllBut(scope, List.of(kept)); // per layer [1, T, d]
      NDArray left = scope.create(remaining()).reshape(POINTS, 1, 1);
      List<NDArray> patch = removed.stream().map(layer -> layer.mul(left)).toList(); // [P, T, d]
      List<NDArray> gradient =
          Gradients.of(patch, () -> kl(scope, run, run.copies(POINTS), patch)).stream()
              .map(layer -> layer.mean(new int[] {0}, true).neg()) // ∂/∂y, y has −patch
              .toList();
      return run.batch().attribute(run.prompt(), gradient).get(0);
    }
  }

  /** The shares that are still removed. */
  private static float[] remaining() {
    float[] shares = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      shares[i] = (float) (1 - (i + 0.5) / POINTS);
    }
    return shares;
  }

  /** The sum over the rows of KL(clean ‖ patched) at the last position. */
  private static NDArray kl(NDManager scope, PromptRun run, TokenBatch rows, List<NDArray> patch) {
    NDArray hidden = run.batch().model().run(scope, rows, patch).get(new NDIndex(":, -1"));
    NDArray logProbs = run.batch().model().unembed(hidden).logSoftmax(1); // [P, V]
    NDArray clean = run.cleanLast(scope).expandDims(0);
    return clean.exp().mul(clean.sub(logProbs)).sum();
  }
}
