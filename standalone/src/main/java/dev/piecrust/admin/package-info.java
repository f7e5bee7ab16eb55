/** What an operator asks of the Temporal server of an installation, once or now and then. */
@NullMarked
package dev.piecrust.admin;

import org.jspecify.annotations.NullMarked;
