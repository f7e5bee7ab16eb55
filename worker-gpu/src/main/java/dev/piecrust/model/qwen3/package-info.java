/**
 * The Qwen3 family (docs/method.md §2): a Llama whose heads have a size of their own, and whose
 * queries and keys are normed head by head.
 */
@NullMarked
package dev.piecrust.model.qwen3;

import org.jspecify.annotations.NullMarked;
