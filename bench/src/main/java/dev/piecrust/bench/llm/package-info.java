/** What the way to a language model costs by itself. */
@NullMarked
package dev.piecrust.bench.llm;

import org.jspecify.annotations.NullMarked;
