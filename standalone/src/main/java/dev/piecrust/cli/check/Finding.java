package dev.piecrust.cli.check;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.Failures;
import java.util.concurrent.Callable;

/**
 * What {@code doctor} found out about one thing.
 *
 * @param what the thing
 * @param ok whether it will do
 * @param note whether it will do, but there is something to see to
 * @param found what was found; for a problem, also what to do about it
 */
public record Finding(String what, boolean ok, boolean note, String found) {
  public static Finding ok(String what, String found) {
    return new Finding(what, true, false, found);
  }

  public static Finding problem(String what, String found) {
    return new Finding(what, false, false, found);
  }

  /** It will do, but somebody should see to it. */
  public static Finding note(String what, String found) {
    return new Finding(what, true, true, found);
  }

  /** Looks, and says what was found; what goes wrong is a problem with this advice. */
  public static Finding check(String what, String advice, Callable<String> check) {
    try {
      return ok(what, check.call());
    } catch (Exception | LinkageError e) {
      return problem(what, Failures.sentence(e) + "; " + advice);
    }
  }

  /** Ends a check with a problem. */
  static String fail(String found) {
    throw user("%s", found);
  }

  public String line() {
    return "%-8s %-12s %s".formatted(ok ? note ? "note" : "ok" : "PROBLEM", what, found);
  }
}
