/**
 * What a corpus says about features, and what the model makes of texts (docs/method.md §7, §8):
 * windows of a corpus, a feature's activations over them, and examples drawn from their ranks.
 *
 * <p>Shape letters: {@code B} windows of a batch, {@code T} tokens of the longest, {@code d}
 * residual width, {@code n} features of a layer that are looked at.
 */
@NullMarked
package dev.piecrust.evidence;

import org.jspecify.annotations.NullMarked;
