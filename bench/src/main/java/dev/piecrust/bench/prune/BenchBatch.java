package dev.piecrust.bench.prune;

import dev.piecrust.task.TokenizedPair;
import java.util.List;

/**
 * The prompts that are pruned together.
 *
 * @param shape has their number, and the tokens of the longest
 */
record BenchBatch(BenchShape shape, List<TokenizedPair> pairs) {
  BenchBatch {
    pairs = List.copyOf(pairs);
  }
}
