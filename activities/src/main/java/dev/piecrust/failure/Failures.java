package dev.piecrust.failure;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;

/** Maps failures of this program to Temporal's, and back to one sentence. */
public final class Failures {
  private Failures() {}

  /**
   * The Temporal failure for an exception thrown inside an activity: its type is the category's
   * name, and it is non-retryable where the category says that trying again cannot help.
   */
  public static RuntimeException toTemporal(RuntimeException e) {
    return toTemporal(e, new Object[0]);
  }

  /**
   * The same, with more that the plan should know.
   *
   * @param details its details, in order
   */
  public static RuntimeException toTemporal(RuntimeException e, Object... details) {
    if (e instanceof TemporalFailure
        || e instanceof io.temporal.client.ActivityCompletionException) {
      return e;
    }
    FailureCategory category = categoryOf(e);
    String message = String.valueOf(e.getMessage());
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setMessage(message)
            .setType(category.name())
            .setCause(e)
            .setDetails(details)
            .setNonRetryable(!category.retryable());
    if (e instanceof PieCrustException deliberate) {
      deliberate.retryAfter().ifPresent(failure::setNextRetryDelay);
    }
    return failure.build();
  }

  /** The category of any exception; what was not thrown on purpose is internal. */
  public static FailureCategory categoryOf(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof PieCrustException p) {
        return p.category();
      }
      if (t instanceof ApplicationFailure a) {
        for (FailureCategory category : FailureCategory.values()) {
          if (category.name().equals(a.getType())) {
            return category;
          }
        }
      }
    }
    return FailureCategory.INTERNAL;
  }

  /**
   * The sentence a person should read: the message of the innermost failure that was thrown on
   * purpose.
   */
  public static String sentence(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof PieCrustException) {
        return String.valueOf(t.getMessage());
      }
      if (t instanceof ApplicationFailure a) {
        return a.getOriginalMessage();
      }
    }
    Throwable innermost = e;
    while (innermost.getCause() != null
        && (innermost instanceof ActivityFailure || innermost.getMessage() == null)) {
      innermost = innermost.getCause();
    }
    return innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
  }
}
