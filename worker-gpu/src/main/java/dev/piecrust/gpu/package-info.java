/**
 * The activities of a campaign that need the numeric engine: sessions with a loaded subject,
 * checkpointed units of work, and the artifacts that pass between them.
 */
@NullMarked
package dev.piecrust.gpu;

import org.jspecify.annotations.NullMarked;
