/**
 * Reports and exports of campaigns: which formats there are and where they go (docs/architecture.md
 * §8). Start at {@link dev.piecrust.report.Reports}.
 */
package dev.piecrust.report;
