/** The pruning methods: those that give occurrences scores, and those that choose keep sets. */
@NullMarked
package dev.piecrust.prune.method;

import org.jspecify.annotations.NullMarked;
