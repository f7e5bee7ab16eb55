/** The only way to a language model: reserve, call, settle; and never the same call twice. */
@NullMarked
package dev.piecrust.ledger;

import org.jspecify.annotations.NullMarked;
