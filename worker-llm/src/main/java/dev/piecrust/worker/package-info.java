/** The activities of the queue that asks language models. */
@NullMarked
package dev.piecrust.worker;

import org.jspecify.annotations.NullMarked;
