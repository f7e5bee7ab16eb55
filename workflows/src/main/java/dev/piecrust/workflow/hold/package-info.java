/** How a campaign holds its work back, and lets it go on, across its child workflows. */
@NullMarked
package dev.piecrust.workflow.hold;

import org.jspecify.annotations.NullMarked;
