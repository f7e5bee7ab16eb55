/** Explaining the selected features: a window of them, each described by a language model. */
@NullMarked
package dev.piecrust.workflow.interpret;

import org.jspecify.annotations.NullMarked;
