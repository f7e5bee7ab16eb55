package dev.piecrust.prune;

import static dev.piecrust.failure.PieCrustException.numeric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.feature.Fidelity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures keep sets of one prompt on the real model (docs/method.md §6): what a set does not keep
 * is subtracted at {@code mlp_out}, and later attention and MLPs recompute. Many sets are one
 * batched forward; {@code Σ_{∉S} = Σ_all − Σ_S}, so each set costs its own size alone.
 */
public final class FidelityCheck {
  private final PromptRun run;
  private final TaskMetric metric;
  private final double emptyMetric;

  /** Runs the prompt with everything removed. */
  public FidelityCheck(PromptRun run) {
    this.run = run;
    this.metric = run.metric();
    try (NDManager part = run.manager().newSubManager()) {
      NDArray hidden = run(part, new NDList(run.all().toArray(NDArray[]::new)), 1); // [1, T, d]
      this.emptyMetric = metricOf(run.batch().model().unembed(hidden)).toFloatArray()[0];
    }
  }

  /**
   * Measures keep sets.
   *
   * @param keepSets indices into the prompt's occurrences, in any order
   * @return one per set
   */
  public List<Fidelity> measure(List<int[]> keepSets) {
    return read(keepSets).stream().map(Patched::fidelity).toList();
  }

  /**
   * A patched run.
   *
   * @param top what it expects next, most likely first
   */
  record Patched(Fidelity fidelity, TopTokens top) {}

  /** Measures keep sets, and reads what the model expects next under each. */
  List<Patched> read(List<int[]> keepSets) {
    int positions = run.length();
    long logits = (long) positions * run.batch().model().vocabulary();
    int chunk = ForwardSize.variants(2 * positions, logits);
    List<Patched> result = new ArrayList<>();
    for (int from = 0; from < keepSets.size(); from += chunk) {
      try (NDManager part = run.manager().newSubManager()) {
        result.addAll(
            measure(part, keepSets.subList(from, Math.min(keepSets.size(), from + chunk))));
      }
    }
    return result;
  }

  private List<Patched> measure(NDManager part, List<int[]> sets) {
    int n = sets.size();
    List<NDArray> removed = run.removingAllBut(part, sets); // Σ_{∉S}, per layer [n, T, d]
    NDList patch = new NDList();
    for (int t = 0; t < removed.size(); t++) {
      NDArray kept = removed.get(t).neg().addi(run.all().get(t)); // Σ_S
      patch.add(NDArrays.concat(new NDList(removed.get(t), kept), 0)); // S, then its complement
    }
    NDArray hidden = run(part, patch, 2 * n); // [2n, T, d]
    NDArray logits = run.batch().model().unembed(hidden.get(new NDIndex("0:{}", n))); // [n, T, V]
    NDArray complement = hidden.get(new NDIndex(metric.lastPositionOnly() ? "{}:, -1:" : "{}:", n));
    float[] metrics = metricOf(logits).toFloatArray();
    float[] complements = metricOf(run.batch().model().unembed(complement)).toFloatArray();
    return patched(logits, metrics, complements);
  }

  private List<Patched> patched(NDArray logits, float[] metrics, float[] complements) {
    NDArray logProbs = logits.logSoftmax(2); // [n, T, V]
    NDArray clean = run.cleanLogProbs().get(logits.getManager(), new NDIndex(":")).expandDims(0);
    NDArray kl = clean.exp().mul(clean.sub(logProbs)).sum(new int[] {2}); // [n, T]
    float[] klAll = kl.mean(new int[] {1}).toFloatArray();
    float[] klLast = kl.get(new NDIndex(":, -1")).toFloatArray();
    long[] top = logits.get(new NDIndex(":, -1")).argMax(1).toLongArray();
    long cleanTop = clean.get(new NDIndex("0, -1")).argMax().getLong();
    List<TopTokens> tops = TopTokens.of(logProbs.get(new NDIndex(":, -1"))); // of [n, V]
    List<Patched> result = new ArrayList<>();
    for (int i = 0; i < klLast.length; i++) {
      if (!Float.isFinite(klAll[i]) || !Float.isFinite(metrics[i])) {
        throw numeric("the patched run of a keep set gave logits that are not numbers");
      }
      result.add(
          new Patched(
              new Fidelity(
                  Math.max(0, klLast[i]), // rounding may leave −1e-8
                  Math.max(0, klAll[i]),
                  top[i] == cleanTop ? 0 : 1,
                  share(metrics[i]),
                  share(complements[i]),
                  run.cleanMetric(),
                  emptyMetric),
              tops.get(i)));
    }
    return result;
  }

  /** {@code (m − m(∅)) / (m_clean − m(∅))}; missing where that is no number. */
  private @Nullable Double share(double m) {
    double share = (m - emptyMetric) / (run.cleanMetric() - emptyMetric);
    return Double.isFinite(share) ? share : null;
  }

  private NDArray run(NDManager target, NDList patch, int rows) {
    return run.batch().model().run(target, run.copies(rows), patch);
  }

  private NDArray metricOf(NDArray logits) {
    return metric.value(logits, run.pair());
  }
}
