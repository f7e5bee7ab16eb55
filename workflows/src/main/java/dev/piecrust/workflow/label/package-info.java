/** What Temporal's own pages and queues are told about a plan's calls. */
@NullMarked
package dev.piecrust.workflow.label;

import org.jspecify.annotations.NullMarked;
