/** Measures what a crowd of clients, slow and hostile ones among them, costs a running campaign. */
@NullMarked
package dev.piecrust.bench.load;

import org.jspecify.annotations.NullMarked;
