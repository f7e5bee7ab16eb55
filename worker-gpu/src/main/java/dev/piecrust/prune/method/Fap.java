package dev.piecrust.prune.method;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Metric;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.PruningBatch;
import java.util.List;

/**
 * Attribution on the clean prompt (docs/method.md §5): {@code δ · Σ_{t≥l} ⟨W_dec[l][f,t−l],
 * g[t,p]⟩} with the gradient of the metric in a linear model around the clean run. {@code fap}
 * takes the local replacement model, {@code clt-relp} relevance coefficients.
 */
public record Fap(Metric metric, Linearity linearity) implements ScoringMethod {
  @Override
  public List<float[]> score(PruningBatch batch) {
    try (NDManager scope = batch.manager().newSubManager()) {
      return batch.attribute(batch.gradient(scope, metric, linearity));
    }
  }
}
