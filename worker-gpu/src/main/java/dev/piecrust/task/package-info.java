/**
 * Prompt pairs: the built-in tasks, task files, and the checks that every pair passes
 * (docs/method.md §4).
 */
@org.jspecify.annotations.NullMarked
package dev.piecrust.task;
