package dev.piecrust.workflow.prune;

/**
 * What became of a task.
 *
 * @param prompts how many it has
 * @param failed how many of them have no fidelity, because they or their unit failed
 */
public record PruneResult(int prompts, int failed) {}
