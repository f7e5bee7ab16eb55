package dev.piecrust.prune;

/** Told between passes what is being done; it may throw to end the work. */
@FunctionalInterface
public interface Beat {
  /** Nobody listens. */
  Beat NONE = what -> {};

  /**
   * Called between passes.
   *
   * @param what is being done
   */
  void at(String what);
}
