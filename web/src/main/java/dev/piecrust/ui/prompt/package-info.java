/**
 * The pages of a campaign's prompts: their list, and one prompt with what each method keeps of it.
 */
@NullMarked
package dev.piecrust.ui.prompt;

import org.jspecify.annotations.NullMarked;
