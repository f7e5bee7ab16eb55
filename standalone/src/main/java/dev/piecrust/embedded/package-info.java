/** Everything in one JVM: the home folder, Temporal, the database, the workers. */
@NullMarked
package dev.piecrust.embedded;

import org.jspecify.annotations.NullMarked;
