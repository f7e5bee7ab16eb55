package dev.piecrust.prune.method;

import dev.piecrust.prune.PruningBatch;
import java.util.List;

/** A way to score occurrences (docs/method.md §5): one number each, ranked by absolute value. */
@FunctionalInterface
public interface ScoringMethod {
  /** Scores every occurrence of every prompt of the batch; result {@code [prompt][occurrence]}. */
  List<float[]> score(PruningBatch batch);
}
