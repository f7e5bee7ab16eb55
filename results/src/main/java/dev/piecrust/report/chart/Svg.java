package dev.piecrust.report.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/** Pieces of SVG; texts are escaped. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  /** Adds a piece with numbers and escaped texts in place of each {@code %s}. */
  Svg add(String format, Object... values) {
    text.append(format(format, values));
    return this;
  }

  /** A piece by itself; numbers have two decimals at most. */
  static String format(String format, Object... values) {
    return format.formatted(Arrays.stream(values).map(Svg::written).toArray());
  }

  /** A line through points of two numbers each. */
  static String line(List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? 'M' : 'L').append(format("%s %s", point[0], point[1]));
    }
    return path.toString();
  }

  private static String written(Object value) {
    return value instanceof Double number ? rounded(number) : escaped(value.toString());
  }

  private static String rounded(double number) {
    return new BigDecimal(number)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
