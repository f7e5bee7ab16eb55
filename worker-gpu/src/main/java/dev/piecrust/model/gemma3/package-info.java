/**
 * The Gemma-3 family (docs/method.md §2): a Gemma-2 without soft-caps, whose queries and keys are
 * normed head by head, and whose layers with a window rotate by another base.
 */
@NullMarked
package dev.piecrust.model.gemma3;

import org.jspecify.annotations.NullMarked;
