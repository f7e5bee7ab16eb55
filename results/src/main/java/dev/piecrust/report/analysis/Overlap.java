package dev.piecrust.report.analysis;

/**
 * How much two methods keep alike at one budget: Jaccard overlap, 1 for the same sets and 0 for
 * none in common.
 *
 * @param prompts on which both were measured
 * @param occurrences of the kept occurrences, mean over prompts
 * @param features of the features kept on any of the prompts
 */
public record Overlap(
    String method, String other, int budget, int prompts, double occurrences, double features) {}
