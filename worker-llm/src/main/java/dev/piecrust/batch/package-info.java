/** Providers' batches: answers within a day, at a lower price. */
@NullMarked
package dev.piecrust.batch;

import org.jspecify.annotations.NullMarked;
