/**
 * Trains transcoders (docs/training.md): on what a model's MLPs read and write while it reads a
 * corpus, with gradients that are written out.
 *
 * <p>Letters in shapes: {@code L} layers, {@code N} tokens of a step, {@code d} residual width,
 * {@code F} features per layer. All numbers are f32.
 */
@NullMarked
package dev.piecrust.train;

import org.jspecify.annotations.NullMarked;
