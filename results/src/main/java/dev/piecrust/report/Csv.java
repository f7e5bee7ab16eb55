package dev.piecrust.report;

import dev.piecrust.report.analysis.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lines of comma-separated values; names of tasks and methods hold no commas or quotes. */
final class Csv {
  private Csv() {}

  static String line(Object... cells) {
    return Arrays.stream(cells).map(Object::toString).collect(Collectors.joining(","));
  }

  /** The columns of these measures' estimates. */
  static String header(List<String> measures) {
    return measures.stream()
        .flatMap(m -> Stream.of("mean_", "sd_", "ci95_low_", "ci95_high_", "n_").map(p -> p + m))
        .collect(Collectors.joining(","));
  }

  /** Mean, deviation, interval and n. */
  static String estimate(Estimate e) {
    return line(number(e.mean()), number(e.sd()), number(e.low()), number(e.high()), e.n());
  }

  /** Empty where missing. */
  static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  /** Empty where missing. */
  static String number(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
