package dev.piecrust.activity;

import java.util.List;

/**
 * What has to be measured before {@code circuit-swap} and {@code circuit-greedy} can go on; none
 * where a task's circuits can be chosen.
 */
public record CircuitQuestions(List<Open> open) {
  public CircuitQuestions {
    open = List.copyOf(open);
  }

  /**
   * A question that some batches have not answered.
   *
   * @param question the artifact that says what is measured
   * @param batches the first prompt of each such batch, ascending
   */
  public record Open(ArtifactRef question, List<Integer> batches) {
    public Open {
      batches = List.copyOf(batches);
    }
  }
}
