/**
 * Subject models (docs/method.md §2): transformers loaded from a Hugging Face folder, with hooks at
 * {@code resid_mid} and {@code mlp_out}, patched and traced forwards, and the written-out adjoint.
 *
 * <p>Letters in shapes: {@code B} prompts of a batch, {@code T} positions, {@code d} width, {@code
 * V} vocabulary, {@code R} rows of any kind.
 */
@NullMarked
package dev.piecrust.model;

import org.jspecify.annotations.NullMarked;
