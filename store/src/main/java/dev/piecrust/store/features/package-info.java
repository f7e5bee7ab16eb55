/** The selected features: what explains them, how they score, and lists of them for pages. */
package dev.piecrust.store.features;
