/** Charts as SVG pictures, which need no script. */
@NullMarked
package dev.piecrust.report.chart;

import org.jspecify.annotations.NullMarked;
