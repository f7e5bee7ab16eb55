/**
 * Prompt pairs: the built-in tasks, task files, and the checks that every pair passes (METHOD.md
 * §4).
 */
@org.jspecify.annotations.NullMarked
package dev.piecrust.task;
