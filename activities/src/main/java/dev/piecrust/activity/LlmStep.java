package dev.piecrust.activity;

/**
 * What became of a step that asks a language model. Its results are in the database and among the
 * artifacts (see {@link FeatureStages}).
 *
 * @param waitSeconds after which a waiting step should be asked for again
 * @param reason one sentence where the state needs one, else empty
 */
public record LlmStep(State state, long waitSeconds, String reason) {
  /** How the step ended. */
  public enum State {
    /** Done, and recorded. */
    DONE,
    /** Recorded as missing, for the reason: it counts as a failure. */
    UNSCORED,
    /** Recorded that there is nothing to say, for the reason: a finding, and no failure. */
    NOTHING,
    /** Not yet: the same call will find more of its answers later. */
    WAITING,
    /** The cap does not allow the next call; once it is raised, the same call goes on. */
    OVER_BUDGET,
    /**
     * Nothing can be asked before a person has mended something, such as a key; then the same call
     * goes on.
     */
    STOPPED
  }

  /** The result is recorded; nothing is left to ask for. */
  public static LlmStep done() {
    return new LlmStep(State.DONE, 0, "");
  }

  /** A result that will not come, with the reason that is recorded for it. */
  public static LlmStep unscored(String reason) {
    return new LlmStep(State.UNSCORED, 0, reason);
  }

  /** A finding that there is nothing to ask about, with the reason that is recorded for it. */
  public static LlmStep nothing(String reason) {
    return new LlmStep(State.NOTHING, 0, reason);
  }

  /**
   * Some answers are still to come.
   *
   * @param seconds after which the step should be asked for again
   * @param reason what it waits for
   */
  public static LlmStep waiting(long seconds, String reason) {
    return new LlmStep(State.WAITING, seconds, reason);
  }

  /** A stop at the cap; the reason says what the call may cost and what is left. */
  public static LlmStep overBudget(String reason) {
    return new LlmStep(State.OVER_BUDGET, 0, reason);
  }

  /** A stop until somebody mends what the reason names. */
  public static LlmStep stopped(String reason) {
    return new LlmStep(State.STOPPED, 0, reason);
  }
}
