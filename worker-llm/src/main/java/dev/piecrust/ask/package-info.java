/** Questions with a shape: how an answer is asked for, read, and asked for again once. */
@NullMarked
package dev.piecrust.ask;

import org.jspecify.annotations.NullMarked;
