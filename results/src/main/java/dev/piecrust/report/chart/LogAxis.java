package dev.piecrust.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis.
 *
 * @param low smallest value, above 0; what lies below is drawn there
 * @param high largest value, above {@code low}; likewise
 * @param from where {@code low} is drawn
 * @param to where {@code high} is drawn
 */
record LogAxis(double low, double high, double from, double to) {
  LogAxis {
    if (!(low > 0 && high > low)) {
      throw new IllegalArgumentException("no logarithmic axis from " + low + " to " + high);
    }
  }

  /** Where a value is drawn. */
  double at(double value) {
    double inside = Math.min(high, Math.max(low, value));
    return from + (to - from) * Math.log(inside / low) / Math.log(high / low);
  }

  /** The powers of ten on the axis. */
  List<Double> decades() {
    List<Double> decades = new ArrayList<>();
    for (int power = (int) Math.ceil(Math.log10(low)); power <= Math.log10(high); power++) {
      decades.add(Math.pow(10, power));
    }
    return decades;
  }
}
