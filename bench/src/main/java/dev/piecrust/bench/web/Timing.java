package dev.piecrust.bench.web;

import java.util.Arrays;

/**
 * How long requests of one kind took, in milliseconds.
 *
 * @param requests how many
 * @param first the first of them, when nothing was at hand yet; it is among the others
 * @param bytes of the largest answer
 * @param statements to the database, for each request
 */
public record Timing(
    String name,
    int requests,
    double first,
    double median,
    double p95,
    int bytes,
    double statements) {
  private static final double MILLI = 1e6;

  static Timing of(String name, long[] nanos, int bytes, long statements) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Timing(
        name,
        nanos.length,
        nanos[0] / MILLI,
        quantile(sorted, 0.5),
        quantile(sorted, 0.95),
        bytes,
        (double) statements / nanos.length);
  }

  /** By the nearest rank: no request took longer than the last of its share. */
  private static double quantile(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / MILLI;
  }
}
