package dev.piecrust.report.chart;

import java.util.List;

/**
 * Shares between things and each other, 0 to 1.
 *
 * @param labels of rows, and of columns
 * @param shares by row and column; NaN where there is none
 */
public record HeatMap(String name, String title, List<String> labels, List<List<Double>> shares)
    implements Figure {
  public HeatMap {
    labels = List.copyOf(labels);
    shares = shares.stream().map(List::copyOf).toList();
  }
}
