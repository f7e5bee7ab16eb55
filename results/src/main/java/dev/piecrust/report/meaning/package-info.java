/** What a campaign's features mean, and how good those explanations are (docs/method.md §7–8). */
@NullMarked
package dev.piecrust.report.meaning;

import org.jspecify.annotations.NullMarked;
