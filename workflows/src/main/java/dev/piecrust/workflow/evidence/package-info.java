/**
 * Evidence of a campaign's features: shards of the corpus, on all devices that have its subject.
 */
@NullMarked
package dev.piecrust.workflow.evidence;

import org.jspecify.annotations.NullMarked;
