/**
 * The Gemma-2 family (docs/method.md §2): norms around attention and MLP, GeGLU, scaled embeddings,
 * soft-caps, and windows on every other layer.
 */
@NullMarked
package dev.piecrust.model.gemma2;

import org.jspecify.annotations.NullMarked;
