/**
 * The Qwen2 family, Qwen2.5 among it (docs/method.md §2): a Llama with biases of queries, keys and
 * values.
 */
@NullMarked
package dev.piecrust.model.qwen2;

import org.jspecify.annotations.NullMarked;
