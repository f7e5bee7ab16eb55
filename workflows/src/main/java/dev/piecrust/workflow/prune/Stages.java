package dev.piecrust.workflow.prune;

/** Names of the stages of pruning, as {@code status} shows them. */
public final class Stages {
  private Stages() {}

  /** The stage that scores occurrences. */
  public static String score(String task) {
    return "score " + task;
  }

  /** The stage that measures fidelity. */
  public static String fidelity(String task) {
    return "fidelity " + task;
  }
}
