package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.campaign.Metric;
import java.util.ArrayList;
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
    GatheredDecoders decoders = batch.decoders();
    int layers = gradient.size();
    long width = gradient.get(0).getShape().get(2);
    // The last layer has all columns: [B·T, C], the effect of one unit of each column at each
    // position.
    NDArray effect = product(decoders.writes(layers - 1), gradient.get(layers - 1), width);
    for (int t = layers - 2; t >= 0 && decoders.columns(t) > 0; t--) {
      NDArray part = product(decoders.writes(t), gradient.get(t), width); // [B·T, C_t]
      effect.get(new NDIndex(":, 0:{}", decoders.columns(t))).addi(part);
    }
    return pick(batch, effect);
  }

  private static NDArray product(NDArray writes, NDArray gradient, long width) {
    NDArray rows = gradient.reshape(-1, width); // [B·T, d]
    return rows.matMul(writes.transpose()); // [B·T, C_t]
  }

  private static List<float[]> pick(PruningBatch batch, NDArray effect) {
    float[] values = effect.toFloatArray();
    int positions = batch.tokens().width();
    int columns = batch.decoders().columns(batch.model().layers() - 1);
    List<float[]> scores = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      Occurrences prompt = batch.occurrences(b);
      float[] score = new float[prompt.size()];
      for (int i = 0; i < score.length; i++) {
        int column = batch.decoders().column(prompt.layer()[i], prompt.feature()[i]);
        score[i] =
            prompt.delta()[i] * values[(b * positions + prompt.position()[i]) * columns + column];
      }
      scores.add(score);
    }
    return scores;
  }
}
