/** The pages of the ledger: calls of language models with their costs. */
@NullMarked
package dev.piecrust.ui.ledger;

import org.jspecify.annotations.NullMarked;
