/**
 * The Llama-3 family (docs/method.md §2): RMSNorm, rotary positions with the {@code llama3}
 * frequency scaling, grouped-query attention, SwiGLU.
 */
@NullMarked
package dev.piecrust.model.llama;

import org.jspecify.annotations.NullMarked;
