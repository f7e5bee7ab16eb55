package dev.piecrust.key;

/** A constant that has a name in specs. */
public interface Labelled {
  /** The name in specs. */
  String label();
}
