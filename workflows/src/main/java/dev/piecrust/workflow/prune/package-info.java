/** Pruning of one task: scores and fidelity, batch by batch, on a GPU session. */
@NullMarked
package dev.piecrust.workflow.prune;

import org.jspecify.annotations.NullMarked;
