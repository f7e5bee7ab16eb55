/** A stand-in for providers of language models, with real limits and all the ways to fail. */
@NullMarked
package dev.piecrust.standin;

import org.jspecify.annotations.NullMarked;
