package dev.piecrust.report.chart;

/** A chart as data, apart from how it is drawn. */
public sealed interface Figure permits Plot, HeatMap {
  /** Letters, digits and dashes: the name of its files. */
  String name();

  /** What it shows, in a line. */
  String title();
}
