/** Comparisons of campaigns as aligned text. */
@NullMarked
package dev.piecrust.cli.compare;

import org.jspecify.annotations.NullMarked;
