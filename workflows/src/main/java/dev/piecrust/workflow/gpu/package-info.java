/** Work on a GPU worker's session: how it is acquired, kept, and acquired anew when it is lost. */
@NullMarked
package dev.piecrust.workflow.gpu;

import org.jspecify.annotations.NullMarked;
