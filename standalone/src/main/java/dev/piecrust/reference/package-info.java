/** What there is to configure: the reference that the documentation has, made from the code. */
@NullMarked
package dev.piecrust.reference;

import org.jspecify.annotations.NullMarked;
