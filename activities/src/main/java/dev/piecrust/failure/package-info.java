/**
 * Failures by category, which decides whether a step is tried again, and the sentences that people
 * read.
 */
package dev.piecrust.failure;
