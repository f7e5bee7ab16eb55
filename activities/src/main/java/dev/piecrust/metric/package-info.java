/** What the program counts and times, for those who run it. */
@NullMarked
package dev.piecrust.metric;

import org.jspecify.annotations.NullMarked;
