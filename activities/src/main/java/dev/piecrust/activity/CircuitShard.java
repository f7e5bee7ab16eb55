package dev.piecrust.activity;

/**
 * A part of what has to be measured before a task's circuits can be chosen.
 *
 * @param batch the scored prompts on which it is measured
 * @param question what is measured on them: one of {@link CircuitQuestions}
 */
public record CircuitShard(PruneBatch batch, ArtifactRef question) {}
