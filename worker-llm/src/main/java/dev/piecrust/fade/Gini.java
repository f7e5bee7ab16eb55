package dev.piecrust.fade;

/** {@code |2·AUROC − 1|}: 0 for chance, 1 for a clean separation in either direction. */
final class Gini {
  private Gini() {}

  static double of(double auroc) {
    return Math.abs(2 * auroc - 1);
  }
}
