/** The offline baseline: token statistics in the place of a language model. */
@NullMarked
package dev.piecrust.lexical;

import org.jspecify.annotations.NullMarked;
