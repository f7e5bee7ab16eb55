/**
 * Evaluating explanations: a window of features, each rated by a language model and measured and
 * steered on a GPU session that all of them share.
 */
@NullMarked
package dev.piecrust.workflow.evaluate;

import org.jspecify.annotations.NullMarked;
