package dev.piecrust.workflow.campaign;

import dev.piecrust.failure.FailureCategory;
import io.temporal.failure.ApplicationFailure;

/**
 * How the message of a failed campaign begins: a user's mistake, and what this machine is too small
 * for, is told as it is; a fault of the program or its surroundings is called one.
 */
public final class FailureWords {
  /** Type of the failure that ends a task with too many failed prompts. */
  public static final String TOO_MANY_FAILURES = "TOO_MANY_FAILURES";

  private static final String TOO_MANY = "too many failures: ";
  private static final String OURS = "error: ";

  private FailureWords() {}

  static String of(ApplicationFailure failure) {
    String type = failure.getType();
    if (type.equals(FailureCategory.USER.name()) || type.equals(FailureCategory.RESOURCES.name())) {
      return failure.getOriginalMessage();
    }
    return (type.equals(TOO_MANY_FAILURES) ? TOO_MANY : OURS) + failure.getOriginalMessage();
  }

  static String tooMany(String sentence) {
    return TOO_MANY + sentence;
  }

  /** Whether a campaign failed or paused because too many of its prompts or features did. */
  public static boolean isTooManyFailures(String message) {
    return message.startsWith(TOO_MANY);
  }

  /** Whether a campaign failed for nothing that its author can change. */
  public static boolean isOurs(String message) {
    return message.startsWith(OURS);
  }
}
