/** Which ranking of features makes circuits that hold on prompts that did not choose them. */
@NullMarked
package dev.piecrust.bench.circuits;

import org.jspecify.annotations.NullMarked;
