package dev.piecrust.bench.prune;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.method.Selectors;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One prompt's {@code fap-synergy} rerank at budget 100, beside as many full passes.
 *
 * @param runs patched runs; 0 where it was not measured
 * @param seconds of all of them
 * @param fullSeconds that as many full passes take, in batches of the largest size used
 * @param share of the first in the second
 */
public record Rerank(int runs, double seconds, double fullSeconds, double share) {
  static final Rerank NONE = new Rerank(0, 0, 0, 0);
  private static final int BUDGET = 100;

  static Rerank measure(NDManager manager, CountingModel model, PruningBatch batch, float[] fap) {
    int before = model.resumed().size();
    double seconds;
    try (PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
      long from = System.nanoTime();
      new Selectors(spec()).select(run, new PromptScores(Map.of(Method.FAP, fap)), Beat.NONE);
      seconds = (System.nanoTime() - from) / 1e9;
    }
    List<Integer> passes = model.resumed().subList(before, model.resumed().size());
    int runs = passes.stream().mapToInt(Integer::intValue).sum();
    int largest = passes.stream().mapToInt(Integer::intValue).max().orElse(1);
    double full = full(manager, model, batch.pair(0).clean(), largest) * runs / largest;
    return new Rerank(runs, seconds, full, seconds / full);
  }

  private static double full(NDManager manager, CountingModel model, int[] prompt, int rows) {
    try (NDManager scope = manager.newSubManager()) {
      var copies = new dev.piecrust.model.TokenBatch(Collections.nCopies(rows, prompt));
      var patch = scope.zeros(new Shape(rows, prompt.length, model.width()));
      double best = Double.MAX_VALUE;
      for (int i = 0; i < 2; i++) { // the first also brings the memory
        long from = System.nanoTime();
        try (var hidden = model.run(scope, copies, Collections.nCopies(model.layers(), patch))) {
          hidden.sum().getFloat();
        }
        best = Math.min(best, (System.nanoTime() - from) / 1e9);
      }
      return best;
    }
  }

  private static PruneSpec spec() {
    PruneSpec defaults = PruneSpec.defaults();
    return new PruneSpec(
        List.of(Method.FAP_SYNERGY),
        List.of(BUDGET),
        Corruption.PROMPT,
        Metric.LOGIT_DIFF,
        defaults.scope(),
        defaults.randomSeeds(),
        defaults.batch(),
        defaults.settings(),
        0,
        true);
  }
}
