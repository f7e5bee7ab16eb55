package dev.piecrust.activity;

/**
 * A task whose prompt pairs are generated or read, tokenised and checked (docs/method.md §4).
 *
 * @param prompts how many pairs
 * @param batch how many go into one unit
 * @param pairs the pairs, JSON lines in the format of task files
 */
public record PreparedTask(int prompts, int batch, ArtifactRef pairs) {}
