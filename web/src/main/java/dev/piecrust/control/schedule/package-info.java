/** Schedules, which start campaigns by Temporal's own. */
@NullMarked
package dev.piecrust.control.schedule;

import org.jspecify.annotations.NullMarked;
