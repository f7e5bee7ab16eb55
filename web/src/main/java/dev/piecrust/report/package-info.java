/**
 * Tables, statistics and export files of campaigns (METHOD.md §6, ARCHITECTURE.md §8). Start at
 * {@link dev.piecrust.report.Reports}.
 */
package dev.piecrust.report;
