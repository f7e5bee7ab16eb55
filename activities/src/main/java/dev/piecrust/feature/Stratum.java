package dev.piecrust.feature;

/**
 * Where a window stands among all windows of the corpus, ranked by a feature's activation; windows
 * of equal activation are in an order that is drawn by a hash of feature and window.
 */
public enum Stratum {
  /** The very highest, without gaps. */
  TOP,
  /** Percentiles 95 to 100. */
  HIGHEST,
  /** Percentiles 75 to 95. */
  HIGH,
  /** Percentiles 50 to 75. */
  MIDDLE,
  /** Percentiles 0 to 50. */
  LOW
}
