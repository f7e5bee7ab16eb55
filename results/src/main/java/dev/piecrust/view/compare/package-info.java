/** What the page shows that compares campaigns. */
package dev.piecrust.view.compare;
