/** Measures how long exports take, and how much memory, by the number of results. */
@NullMarked
package dev.piecrust.bench.export;

import org.jspecify.annotations.NullMarked;
