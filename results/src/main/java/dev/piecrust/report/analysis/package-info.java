/**
 * What is worked out from the measures of single prompts (docs/method.md §6): means with intervals,
 * paired comparisons, effective budgets, overlaps, held-out circuits, and the paper's figures
 * beside them. Start at {@link dev.piecrust.report.analysis.Analysis}.
 */
package dev.piecrust.report.analysis;
