package dev.piecrust.activity;

/**
 * What became of a unit.
 *
 * @param done prompts done
 * @param failed prompts parked with a reason
 * @param result the unit's artifact
 * @param reused whether an earlier run had done it
 */
public record BatchSummary(int done, int failed, ArtifactRef result, boolean reused) {}
