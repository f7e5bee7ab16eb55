/**
 * The files of an export that programs read (CSV, JSON, JSON Lines), and what all files are written
 * with.
 */
package dev.piecrust.report.file;
