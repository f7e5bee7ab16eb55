package dev.piecrust.activity;

/**
 * What a look at the corpus gave.
 *
 * @param features how many have evidence, if only that they are never active
 * @param windows how many were read
 * @param reused whether an earlier run had done it
 */
public record EvidenceSummary(int features, int windows, boolean reused) {}
