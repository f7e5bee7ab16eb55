package dev.piecrust.prune;

import static dev.piecrust.failure.PieCrustException.numeric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.campaign.Metric;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.model.TokenBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures keep sets of one prompt on the real model (METHOD.md §6): what a set does not keep is
 * subtracted at {@code mlp_out}, and later attention and MLPs recompute. Many sets are one batched
 * forward; {@code Σ_{∉S} = Σ_all − Σ_S}, so each set costs its own size alone.
 */
public final class FidelityCheck implements AutoCloseable {
  /**
   * Tokens in one forward: enough for tall matrix products, little enough for the memory of a
   * laptop.
   */
  private static final int TOKENS_PER_FORWARD = 4096;

  /** Logits held at a time, in numbers: 128 MiB. */
  private static final long LOGITS_PER_FORWARD = 1L << 25;

  private final PruningBatch batch;
  private final int prompt;
  private final TaskMetric metric;
  private final NDManager scope;
  private final List<NDArray> all; // per layer [1, T, d]
  private final NDArray cleanLogProbs; // [T, V]
  private final double cleanMetric;
  private final double emptyMetric;

  /** Runs the prompt with nothing removed and with everything removed. */
  public FidelityCheck(PruningBatch batch, int prompt, Metric metric) {
    this.batch = batch;
    this.prompt = prompt;
    this.metric = TaskMetric.of(metric);
    this.scope = batch.manager().newSubManager();
    this.all = batch.write(scope, List.of(batch.all(prompt)), length());
    NDList patch = new NDList();
    all.forEach(a -> patch.add(NDArrays.concat(new NDList(a.zerosLike(), a), 0))); // [2, T, d]
    NDArray logits = batch.model().unembed(run(scope, patch, 2)); // [2, T, V]
    float[] m = metricOf(logits).toFloatArray();
    this.cleanMetric = m[0];
    this.emptyMetric = m[1];
    this.cleanLogProbs = logits.get(0).logSoftmax(1);
  }

  /**
   * Measures keep sets.
   *
   * @param keepSets indices into the prompt's occurrences, in any order
   * @return one per set
   */
  public List<Fidelity> measure(List<int[]> keepSets) {
    int positions = length();
    long vocabulary = batch.model().vocabulary();
    long fits =
        Math.min(
            TOKENS_PER_FORWARD / (2L * positions), LOGITS_PER_FORWARD / (positions * vocabulary));
    int chunk = (int) Math.max(1, fits);
    List<Fidelity> result = new ArrayList<>();
    for (int from = 0; from < keepSets.size(); from += chunk) {
      List<OccurrenceSet> sets =
          keepSets.subList(from, Math.min(keepSets.size(), from + chunk)).stream()
              .map(s -> OccurrenceSet.of(prompt, s))
              .toList();
      try (NDManager part = scope.newSubManager()) {
        result.addAll(measure(part, sets));
      }
    }
    return result;
  }

  private List<Fidelity> measure(NDManager part, List<OccurrenceSet> sets) {
    int n = sets.size();
    List<NDArray> kept = batch.write(part, sets, length()); // per layer [n, T, d]
    NDList patch = new NDList();
    for (int t = 0; t < kept.size(); t++) {
      NDArray removed = kept.get(t).neg().add(all.get(t)); // Σ_{∉S}, [n, T, d]
      patch.add(NDArrays.concat(new NDList(removed, kept.get(t)), 0)); // S, then its complement
    }
    NDArray hidden = run(part, patch, 2 * n); // [2n, T, d]
    NDArray logits = batch.model().unembed(hidden.get(new NDIndex("0:{}", n))); // [n, T, V]
    NDArray complement = hidden.get(new NDIndex(metric.lastPositionOnly() ? "{}:, -1:" : "{}:", n));
    float[] metrics = metricOf(logits).toFloatArray();
    float[] complements = metricOf(batch.model().unembed(complement)).toFloatArray();
    return fidelities(logits, metrics, complements);
  }

  private List<Fidelity> fidelities(NDArray logits, float[] metrics, float[] complements) {
    NDArray logProbs = logits.logSoftmax(2); // [n, T, V]
    NDArray clean = cleanLogProbs.expandDims(0);
    clean.attach(logits.getManager());
    NDArray kl = clean.exp().mul(clean.sub(logProbs)).sum(new int[] {2}); // [n, T]
    float[] klAll = kl.mean(new int[] {1}).toFloatArray();
    float[] klLast = kl.get(new NDIndex(":, -1")).toFloatArray();
    long[] top = logits.get(new NDIndex(":, -1")).argMax(1).toLongArray();
    long cleanTop = clean.get(new NDIndex("0, -1")).argMax().getLong();
    List<Fidelity> result = new ArrayList<>();
    for (int i = 0; i < klLast.length; i++) {
      if (!Float.isFinite(klAll[i]) || !Float.isFinite(metrics[i])) {
        throw numeric("the patched run of a keep set gave logits that are not numbers");
      }
      result.add(
          new Fidelity(
              Math.max(0, klLast[i]), // rounding may leave −1e-8
              Math.max(0, klAll[i]),
              top[i] == cleanTop ? 0 : 1,
              share(metrics[i]),
              share(complements[i])));
    }
    return result;
  }

  /** {@code (m − m(∅)) / (m_clean − m(∅))}; missing where that is no number. */
  private @Nullable Double share(double m) {
    double share = (m - emptyMetric) / (cleanMetric - emptyMetric);
    return Double.isFinite(share) ? share : null;
  }

  private NDArray run(NDManager target, NDList patch, int rows) {
    TokenBatch copies = new TokenBatch(Collections.nCopies(rows, batch.pair(prompt).clean()));
    return batch.model().run(target, copies, patch);
  }

  private NDArray metricOf(NDArray logits) {
    return metric.value(logits, batch.pair(prompt));
  }

  private int length() {
    return batch.tokens().length(prompt);
  }

  @Override
  public void close() {
    scope.close();
  }
}
