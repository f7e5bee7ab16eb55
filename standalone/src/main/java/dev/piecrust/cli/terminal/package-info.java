/**
 * What a terminal shows: clean text, progress in place, and the words for states, estimates, prices
 * and results.
 */
@NullMarked
package dev.piecrust.cli.terminal;

import org.jspecify.annotations.NullMarked;
