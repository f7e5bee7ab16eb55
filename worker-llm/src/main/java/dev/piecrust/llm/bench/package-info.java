/** What the way to a language model costs by itself. */
@NullMarked
package dev.piecrust.llm.bench;

import org.jspecify.annotations.NullMarked;
