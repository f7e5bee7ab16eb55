/** Single prompts and features as lines of JSON, for programs that read exports. */
@NullMarked
package dev.piecrust.report.lines;

import org.jspecify.annotations.NullMarked;
