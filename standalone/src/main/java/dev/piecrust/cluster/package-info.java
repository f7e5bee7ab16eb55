/** Many processes on one Temporal, one database and one artifact store. */
@NullMarked
package dev.piecrust.cluster;

import org.jspecify.annotations.NullMarked;
