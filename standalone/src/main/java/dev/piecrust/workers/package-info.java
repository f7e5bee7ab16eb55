/** The Temporal workers of a process, and the turn on its device. */
@NullMarked
package dev.piecrust.workers;

import org.jspecify.annotations.NullMarked;
