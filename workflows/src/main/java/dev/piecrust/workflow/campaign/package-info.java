/** A campaign as a workflow: the table of contents of what happens, and in which order. */
@NullMarked
package dev.piecrust.workflow.campaign;

import org.jspecify.annotations.NullMarked;
