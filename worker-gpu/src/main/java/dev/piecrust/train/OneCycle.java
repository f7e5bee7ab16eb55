package dev.piecrust.train;

/**
 * The one-cycle learning rate: from {@code peak/25} up to {@code peak} over the first share of the
 * steps, then down to nearly nothing, both along half a cosine.
 *
 * @param peak the highest rate
 * @param steps in all
 * @param warmUpShare share of the steps in which the rate rises, 0 to 1
 */
public record OneCycle(double peak, int steps, double warmUpShare) {
  private static final double START_DIVISOR = 25;
  private static final double END_DIVISOR = 1e4;

  /** The rate at a step from 0. */
  public double at(int step) {
    double warmUp = Math.max(1, warmUpShare * steps);
    double start = peak / START_DIVISOR;
    if (step < warmUp) {
      return between(start, peak, step / warmUp);
    }
    return between(peak, start / END_DIVISOR, Math.min(1, (step - warmUp) / (steps - warmUp)));
  }

  private static double between(double from, double to, double progress) {
    return to + (from - to) * (1 + Math.cos(Math.PI * progress)) / 2;
  }
}
