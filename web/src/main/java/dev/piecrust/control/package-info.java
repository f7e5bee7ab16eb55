/**
 * What acts on campaigns: the activities that keep their books, and the service through which
 * people start, follow, cancel and export them.
 */
package dev.piecrust.control;
