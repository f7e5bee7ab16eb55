/** How operators see what a process does: meters, health, logs and traces. */
@NullMarked
package dev.piecrust.observe;

import org.jspecify.annotations.NullMarked;
