package dev.piecrust.feature;

/**
 * A method's two curves on one held-out prompt.
 *
 * @param heldOut units are features, ranked on other prompts: all occurrences of the best are kept
 * @param inSample units are the prompt's own occurrences, ranked on this prompt
 */
public record MetricCurves(MetricCurve heldOut, MetricCurve inSample) {}
