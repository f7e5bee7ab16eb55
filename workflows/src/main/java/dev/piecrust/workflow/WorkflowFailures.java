package dev.piecrust.workflow;

import dev.piecrust.failure.Failures;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;

/**
 * What failures mean to a plan. Workflow code throws {@link ApplicationFailure} alone: Temporal
 * retries a workflow task for ever on any other exception.
 */
public final class WorkflowFailures {
  private WorkflowFailures() {}

  /** The same failure as the end of a workflow: its type stays readable, no retry follows. */
  public static ApplicationFailure ending(TemporalFailure failure) {
    return ApplicationFailure.newNonRetryableFailureWithCause(
        sentence(failure), type(failure), failure);
  }

  /** The sentence a person should read. */
  public static String sentence(TemporalFailure failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ApplicationFailure) {
        return Failures.sentence(t);
      }
    }
    return timeoutIn(failure)
        ? "every worker that took it stopped answering; their logs say why, and 'retry' tries it"
            + " again"
        : Failures.sentence(failure);
  }

  private static String type(TemporalFailure failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ApplicationFailure application) {
        return application.getType();
      }
    }
    return Failures.categoryOf(failure).name();
  }

  private static boolean timeoutIn(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TimeoutFailure) {
        return true;
      }
    }
    return false;
  }
}
