/**
 * Tables, statistics and export files of campaigns (docs/method.md §6, docs/architecture.md §8).
 * Start at {@link dev.piecrust.report.Reports}.
 */
package dev.piecrust.report;
