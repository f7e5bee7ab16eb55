/** Asks endpoints of language models what they know, before anything is spent on them. */
@NullMarked
package dev.piecrust.probe;

import org.jspecify.annotations.NullMarked;
