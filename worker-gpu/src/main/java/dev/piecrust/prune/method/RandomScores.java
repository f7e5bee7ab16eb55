package dev.piecrust.prune.method;

import dev.piecrust.prune.PruningBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Uniform over the occurrences. Depends on the seed and the prompt's tokens alone, not on the
 * batch.
 */
final class RandomScores implements ScoringMethod {
  private final long seed;

  RandomScores(long seed) {
    this.seed = seed;
  }

  @Override
  public List<float[]> score(PruningBatch batch) {
    List<float[]> scores = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      long tokens = Arrays.hashCode(batch.pair(b).clean());
      SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + tokens);
      float[] score = new float[batch.occurrences(b).size()];
      for (int i = 0; i < score.length; i++) {
        score[i] = (float) random.nextDouble();
      }
      scores.add(score);
    }
    return scores;
  }
}
