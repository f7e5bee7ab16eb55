package dev.piecrust.evidence;

/** Hears how far a work is; may end it by throwing. */
@FunctionalInterface
public interface Progress {
  /** The work has done so much. */
  void at(int done);
}
