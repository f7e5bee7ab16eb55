package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Metric;
import java.util.List;

/**
 * Feature attribution patching (METHOD.md §5): {@code δ · Σ_{t≥l} ⟨W_dec[l][f,t−l], g[t,p]⟩} with
 * the gradient of the metric in the local replacement model.
 */
final class Fap implements ScoringMethod {
  private final Metric metric;

  Fap(Metric metric) {
    this.metric = metric;
  }

  @Override
  public List<float[]> score(PruningBatch batch) {
    try (NDManager scope = batch.manager().newSubManager()) {
      NDArray hidden = TaskMetric.of(metric).hiddenGradient(scope, batch); // [B, T, d]
      List<NDArray> gradient =
          batch.model().adjoint(scope, batch.clean(), hidden); // per layer [B, T, d]
      return attribute(batch, gradient);
    }
  }

  /**
   * The linear effect of every occurrence.
   *
   * @param gradient per layer, the metric's gradient with respect to {@code y[t]}, [B, T, d]
   */
  static List<float[]> attribute(PruningBatch batch, List<NDArray> gradient) {
    return batch.attribute(gradient);
  }
}
