/** Pushes changes to open pages as server-sent events. */
@NullMarked
package dev.piecrust.ui.live;

import org.jspecify.annotations.NullMarked;
