/**
 * Benchmarks: the program's own code on random checkpoints of any shape, each figure beside what
 * this machine can do at most.
 */
@NullMarked
package dev.piecrust.bench.prune;

import org.jspecify.annotations.NullMarked;
