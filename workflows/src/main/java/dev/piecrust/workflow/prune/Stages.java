package dev.piecrust.workflow.prune;

/** Names of the stages of pruning, as {@code status} shows them. */
public final class Stages {
  private Stages() {}

  /** The stage that scores occurrences. */
  public static String score(String task) {
    return "score " + task;
  }

  /** The stage that chooses the keep sets that take many passes. */
  public static String rerank(String task) {
    return "rerank " + task;
  }

  /** The stage that measures fidelity. */
  public static String fidelity(String task) {
    return "fidelity " + task;
  }

  /** The stage that counts features over all prompts. */
  public static String features(String task) {
    return "features " + task;
  }

  /** The stage that chooses circuits on the training prompts. */
  public static String circuits(String task) {
    return "circuits " + task;
  }

  /** The stage that measures circuits on the held-out prompts. */
  public static String heldOut(String task) {
    return "held-out " + task;
  }
}
