/** How much may be asked, and how much a question is: rates, and counts of tokens. */
@NullMarked
package dev.piecrust.limit;

import org.jspecify.annotations.NullMarked;
