/** What tokens cost. */
@NullMarked
package dev.piecrust.price;

import org.jspecify.annotations.NullMarked;
