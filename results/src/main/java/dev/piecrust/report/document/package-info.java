/** The report that people read: HTML, Markdown, LaTeX and the figures. */
package dev.piecrust.report.document;
