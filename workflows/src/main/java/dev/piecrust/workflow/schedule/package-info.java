/** What Temporal's schedules start: at each of their times a campaign of its own. */
@NullMarked
package dev.piecrust.workflow.schedule;

import org.jspecify.annotations.NullMarked;
