package dev.piecrust.ui;

/** How strongly something is coloured: one of {@value #STEPS} equal steps, by class. */
public final class Strength {
  static final int STEPS = 20;

  private Strength() {}

  /** The class for a value on a scale from 0 to a maximum; empty for nothing. */
  public static String of(double value, double maximum) {
    if (!(value > 0) || !(maximum > 0)) {
      return "";
    }
    long step = Math.max(1, Math.round(STEPS * Math.min(1, value / maximum)));
    return "s" + step;
  }
}
