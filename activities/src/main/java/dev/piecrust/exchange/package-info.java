/** Files that other tools write: tables and descriptions. */
@NullMarked
package dev.piecrust.exchange;

import org.jspecify.annotations.NullMarked;
