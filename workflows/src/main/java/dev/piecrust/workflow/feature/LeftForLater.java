package dev.piecrust.workflow.feature;

/**
 * A step waits while the workflow's history is long: its feature is left, and is taken up again
 * where the workflow continues as new. Nothing is lost by that, since every step that is done is
 * found done.
 */
final class LeftForLater extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeftForLater() {
    super("left for the workflow that continues this one");
  }
}
