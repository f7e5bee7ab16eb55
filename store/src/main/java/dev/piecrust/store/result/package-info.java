/**
 * What pruning found: results of prompts and circuits, what was kept, and sums of both for pages.
 */
package dev.piecrust.store.result;
