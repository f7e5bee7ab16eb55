/** What a feature means, as a language model says from its evidence (docs/method.md §7). */
@NullMarked
package dev.piecrust.explain;

import org.jspecify.annotations.NullMarked;
