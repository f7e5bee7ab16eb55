/**
 * The Llama-3 architecture (METHOD §2): RMSNorm, rotary positions, grouped-query attention, SwiGLU.
 *
 * <p>Letters in shapes, beside those of {@code dev.piecrust.model}: {@code H} query heads, {@code
 * K} key-value heads, {@code G = H/K} queries that share one, {@code h} head size, {@code I} inner
 * width of the MLP.
 */
@NullMarked
package dev.piecrust.model.llama;

import org.jspecify.annotations.NullMarked;
