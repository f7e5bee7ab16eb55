package dev.piecrust.prune.method;

import dev.piecrust.prune.PruningBatch;
import java.util.ArrayList;
import java.util.List;

/** {@code |a_clean|}; 0 for an occurrence of the corrupted run alone. */
final class ActivationMagnitude implements ScoringMethod {
  @Override
  public List<float[]> score(PruningBatch batch) {
    List<float[]> scores = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      float[] clean = batch.occurrences(b).clean();
      float[] score = new float[clean.length];
      for (int i = 0; i < clean.length; i++) {
        score[i] = Math.abs(clean[i]);
      }
      scores.add(score);
    }
    return scores;
  }
}
