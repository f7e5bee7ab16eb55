/** What a feature means, as a language model says from its evidence (METHOD.md §7). */
@NullMarked
package dev.piecrust.explain;

import org.jspecify.annotations.NullMarked;
