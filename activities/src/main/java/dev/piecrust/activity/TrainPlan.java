package dev.piecrust.activity;

/**
 * What a campaign's workflow needs to know of a training.
 *
 * @param parts in which it is done, with a checkpoint after each
 * @param steps in all
 */
public record TrainPlan(int parts, int steps) {}
