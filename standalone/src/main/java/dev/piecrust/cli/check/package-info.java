/**
 * Checks of a machine, an installation, a spec and an artifact store, each with what was found and
 * what to do about it.
 */
@NullMarked
package dev.piecrust.cli.check;

import org.jspecify.annotations.NullMarked;
