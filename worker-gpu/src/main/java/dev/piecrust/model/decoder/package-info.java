/**
 * The pass that the model families share (docs/method.md §2, §5, §6): pre-norm decoder layers with
 * RMSNorm, rotary positions, grouped-query attention and a gated MLP, forwards, backwards and from
 * its middle. What families differ in is {@link dev.piecrust.model.decoder.DecoderConfig}.
 *
 * <p>Letters in shapes, beside those of {@code dev.piecrust.model}: {@code H} query heads, {@code
 * K} key-value heads, {@code G = H/K} queries that share one, {@code h} head size, {@code I} inner
 * width of the MLP.
 */
@NullMarked
package dev.piecrust.model.decoder;

import org.jspecify.annotations.NullMarked;
