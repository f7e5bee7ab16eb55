/**
 * Tables of a campaign's results, from one pass over its outcomes (docs/method.md §6). Start at
 * {@link dev.piecrust.report.table.ResultTables}.
 */
package dev.piecrust.report.table;
