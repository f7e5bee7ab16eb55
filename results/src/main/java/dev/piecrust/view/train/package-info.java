/** How trainings go. */
@NullMarked
package dev.piecrust.view.train;

import org.jspecify.annotations.NullMarked;
