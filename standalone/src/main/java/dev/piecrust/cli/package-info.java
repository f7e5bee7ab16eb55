/** The command line: one class a command. */
@NullMarked
package dev.piecrust.cli;

import org.jspecify.annotations.NullMarked;
