package dev.piecrust.cli;

/**
 * What {@code doctor} found out about one thing.
 *
 * @param what the thing
 * @param ok whether it will do
 * @param found what was found; for a problem, also what to do about it
 */
public record Finding(String what, boolean ok, String found) {
  static Finding ok(String what, String found) {
    return new Finding(what, true, found);
  }

  static Finding problem(String what, String found) {
    return new Finding(what, false, found);
  }

  String line() {
    return "%-8s %-12s %s".formatted(ok ? "ok" : "PROBLEM", what, found);
  }
}
