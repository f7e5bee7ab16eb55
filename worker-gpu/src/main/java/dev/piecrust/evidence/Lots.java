package dev.piecrust.evidence;

import dev.piecrust.feature.FeatureId;

/**
 * Hashes of feature and window: an order among windows of equal activation, and one in which
 * windows of a stratum are drawn. The two know nothing of each other, so that a draw is fair.
 *
 * @param seed of both
 */
record Lots(long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long FOR_DRAWS = 0xD1B54A32D192ED03L;

  /** Not negative; among windows of equal activation the smaller ranks higher. */
  long rank(FeatureId feature, int window) {
    return mixed(seed, feature, window);
  }

  /** Not negative; the smaller is drawn first. */
  long draw(FeatureId feature, int window) {
    return mixed(seed ^ FOR_DRAWS, feature, window);
  }

  /** A seed for what is sampled with a feature. */
  static long seed(long seed, FeatureId feature, int text, double factor) {
    return mix(mixed(seed, feature, text) + Double.doubleToLongBits(factor));
  }

  private static long mixed(long seed, FeatureId feature, int window) {
    return mix(mix(mix(seed) + feature.cantor()) + window) >>> 1;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long x) {
    long z = x + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
