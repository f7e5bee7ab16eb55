/**
 * Transcoders (docs/method.md §3): cross-layer ones and sets of per-layer ones in the
 * circuit-tracer layout, encoders in memory, decoder rows read from disk when a feature is active.
 *
 * <p>Letters in shapes: {@code L} layers, {@code d} residual width, {@code F} features per layer,
 * {@code R} rows of any kind.
 */
@NullMarked
package dev.piecrust.transcoder;

import org.jspecify.annotations.NullMarked;
