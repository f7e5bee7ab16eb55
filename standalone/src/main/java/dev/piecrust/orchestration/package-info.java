/** Measures what the durable plans cost by themselves: campaigns whose activities do nothing. */
@NullMarked
package dev.piecrust.orchestration;

import org.jspecify.annotations.NullMarked;
