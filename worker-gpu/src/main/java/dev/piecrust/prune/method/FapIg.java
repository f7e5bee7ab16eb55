package dev.piecrust.prune.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Metric;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.TaskMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code fap} with its gradient averaged along the path from everything removed to nothing removed
 * (docs/method.md §5, {@code fap-ig}).
 *
 * @param points midpoints of as many equal parts of the path
 */
record FapIg(Metric metric, int points) implements ScoringMethod {
  @Override
  public List<float[]> score(PruningBatch batch) {
    try (NDManager scope = batch.manager().newSubManager()) {
      List<OccurrenceSet> everything =
          IntStream.range(0, batch.size()).mapToObj(batch::all).toList();
      List<NDArray> all = batch.write(scope, everything, batch.tokens().width()); // [B, T, d] each
      List<NDArray> sum = new ArrayList<>();
      for (int point = 0; point < points; point++) {
        try (NDManager part = scope.newSubManager()) {
          add(sum, gradient(part, batch, scaled(part, all, (point + 0.5) / points)), scope);
        }
      }
      sum.forEach(g -> g.divi(points));
      return batch.attribute(sum);
    }
  }

  private List<NDArray> gradient(NDManager part, PruningBatch batch, List<NDArray> patch) {
    Trace trace = batch.model().trace(part, batch.tokens(), patch);
    NDArray hidden = TaskMetric.of(metric).hiddenGradient(part, batch, trace); // [B, T, d]
    return batch.adjoint(part, trace, hidden, Linearity.LOCAL);
  }

  private static List<NDArray> scaled(NDManager part, List<NDArray> all, double share) {
    List<NDArray> patch = new ArrayList<>();
    for (NDArray layer : all) {
      NDArray own = layer.mul(share);
      own.attach(part);
      patch.add(own);
    }
    return patch;
  }

  private static void add(List<NDArray> sum, List<NDArray> gradient, NDManager owner) {
    for (int t = 0; t < gradient.size(); t++) {
      if (sum.size() <= t) {
        NDArray first = gradient.get(t).duplicate();
        first.attach(owner);
        sum.add(first);
      } else {
        sum.get(t).addi(gradient.get(t));
      }
    }
  }
}
