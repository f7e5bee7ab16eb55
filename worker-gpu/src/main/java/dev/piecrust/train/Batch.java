package dev.piecrust.train;

import ai.djl.ndarray.NDArray;

/**
 * What a model's MLPs read and write on {@code N} tokens.
 *
 * @param read what encoders read, {@code [L, N, d]}
 * @param written what the MLPs add to the residual stream, {@code [L, N, d]}
 */
public record Batch(NDArray read, NDArray written) {}
