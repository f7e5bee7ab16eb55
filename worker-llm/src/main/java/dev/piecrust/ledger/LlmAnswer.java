package dev.piecrust.ledger;

import java.time.Duration;

/** What the desk says to a question. */
public sealed interface LlmAnswer {
  /**
   * An answer of the model.
   *
   * @param truncated whether it ended at the limit of tokens
   * @param cached whether it was there already, and cost nothing
   * @param call its row in the ledger
   */
  record Reply(String text, boolean truncated, boolean cached, long call) implements LlmAnswer {}

  /** Not yet: ask again after a while. */
  record Later(Duration after, String reason) implements LlmAnswer {}

  /** The campaign's cap does not allow it. */
  record OverBudget(String reason) implements LlmAnswer {}

  /** No question can be asked before a person has mended what the reason names. */
  record Stopped(String reason) implements LlmAnswer {}

  /** The provider refuses this question, for good. */
  record Refused(String reason) implements LlmAnswer {}
}
