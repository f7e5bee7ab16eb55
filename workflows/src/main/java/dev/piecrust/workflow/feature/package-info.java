/** What interpreting and evaluating share: a window of features under way, and steps that wait. */
@NullMarked
package dev.piecrust.workflow.feature;

import org.jspecify.annotations.NullMarked;
