package dev.piecrust.activity;

/**
 * A unit of pruning: the prompts {@code from} (inclusive) to {@code to} (exclusive) of one task.
 *
 * @param pairs the task's pairs, of {@link PreparedTask}
 */
public record PruneBatch(String campaignId, String task, int from, int to, ArtifactRef pairs) {
  /** Names the unit within its stage; sorts in the order of the prompts. */
  public String unit() {
    return "%s/%06d-%06d".formatted(task, from, to);
  }
}
