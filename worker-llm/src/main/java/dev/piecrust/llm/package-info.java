/** Language models behind one interface. */
@NullMarked
package dev.piecrust.llm;

import org.jspecify.annotations.NullMarked;
