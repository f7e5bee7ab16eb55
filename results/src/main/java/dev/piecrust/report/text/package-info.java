/** Results in words, lines and tables that people read; they know the numbers and no file. */
package dev.piecrust.report.text;
