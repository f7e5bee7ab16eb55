/** How long a campaign still takes, from what its units took so far and what others took before. */
@NullMarked
package dev.piecrust.view.left;

import org.jspecify.annotations.NullMarked;
