package dev.piecrust.bench.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How fast pages and lists answer.
 *
 * @param database which engine
 * @param fillSeconds how long the rows took
 */
public record WebReport(
    String database, WebSize size, double fillSeconds, List<Timing> timings, ViewerCost viewers) {
  /** What a page may take at the 95th percentile, in milliseconds. */
  static final double BOUND_MS = 300;

  private static final int KB = 1000;
  private static final int MB = 1_000_000;
  private static final int MB_ALLOWED = 200;

  public WebReport {
    timings = List.copyOf(timings);
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%s; %,d prompt results, %,d features, %,d calls in %d campaigns; filled in %.0f s",
            database,
            size.results(),
            size.features(),
            size.calls(),
            size.campaigns(),
            fillSeconds));
    int width = timings.stream().mapToInt(t -> t.name().length()).max().orElse(4);
    lines.add(
        text(
            "%-" + width + "s  %8s  %8s  %8s  %7s  %10s",
            "milliseconds",
            "first",
            "median",
            "p95",
            "kB",
            "statements"));
    for (Timing t : timings) {
      lines.add(
          text(
              "%-" + width + "s  %8.1f  %8.1f  %8.1f  %7.0f  %10.1f%s",
              t.name(),
              t.first(),
              t.median(),
              t.p95(),
              (double) t.bytes() / KB,
              t.statements(),
              t.p95() > BOUND_MS ? "  over the bound" : ""));
    }
    timings.stream()
        .max(Comparator.comparingDouble(Timing::p95))
        .ifPresent(
            t ->
                lines.add(
                    text(
                        "slowest at the 95th percentile: %s, %.0f ms of %.0f",
                        t.name(), t.p95(), BOUND_MS)));
    lines.add(
        text(
            "%d viewers of events: %.0f MB of %d, %d statements more in %d s; %s",
            viewers.viewers(),
            (double) viewers.heapBytes() / MB,
            MB_ALLOWED,
            viewers.statements(),
            viewers.seconds(),
            viewers.newsMs() < 0
                ? "some had not heard of a change within 2 s"
                : text("all heard of a change within %.0f ms", viewers.newsMs())));
    return lines;
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
