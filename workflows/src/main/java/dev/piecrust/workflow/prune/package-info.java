/**
 * Pruning of one task on a GPU session: scores, reranked keep sets and fidelity batch by batch,
 * then circuits and how they do on held-out prompts.
 */
@NullMarked
package dev.piecrust.workflow.prune;

import org.jspecify.annotations.NullMarked;
