/**
 * What pruning takes of a device: passes, floating-point operations and memory, before anything is
 * run.
 */
@NullMarked
package dev.piecrust.prune.load;

import org.jspecify.annotations.NullMarked;
