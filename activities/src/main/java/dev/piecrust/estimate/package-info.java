/** What a campaign will ask of language models, before any of it is spent. */
@NullMarked
package dev.piecrust.estimate;

import org.jspecify.annotations.NullMarked;
