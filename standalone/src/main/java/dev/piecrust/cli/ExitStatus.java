package dev.piecrust.cli;

import dev.piecrust.failure.FailureCategory;

/** What the program ends with (docs/architecture.md §8). */
public enum ExitStatus {
  DONE(0),
  INTERNAL_ERROR(1),
  USER_ERROR(2),
  FINISHED_WITH_FAILURES(3),
  PAUSED_FOR_BUDGET(4);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The status of a command that failed. */
  static ExitStatus of(FailureCategory category) {
    return category == FailureCategory.USER ? USER_ERROR : INTERNAL_ERROR;
  }
}
