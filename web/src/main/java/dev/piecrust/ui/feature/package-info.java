/**
 * The pages of a campaign's features: their list, one feature with its evidence, and the links
 * between them.
 */
@NullMarked
package dev.piecrust.ui.feature;

import org.jspecify.annotations.NullMarked;
