/** Measures what the durable plans cost by themselves: campaigns whose activities do nothing. */
@NullMarked
package dev.piecrust.bench.orchestration;

import org.jspecify.annotations.NullMarked;
