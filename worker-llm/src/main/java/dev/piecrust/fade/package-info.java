/** How good an explanation is: FADE's four metrics (docs/method.md §8; arXiv:2502.16994). */
@NullMarked
package dev.piecrust.fade;

import org.jspecify.annotations.NullMarked;
