/** How fast transcoders are trained, beside what this machine can do. */
@NullMarked
package dev.piecrust.bench.train;

import org.jspecify.annotations.NullMarked;
