package dev.piecrust.batch;

import dev.piecrust.llm.LlmReply;

/** What became of one call of a batch. */
public sealed interface BatchReply {
  /** The call's row in the ledger. */
  long call();

  /** It was answered. */
  record Answered(long call, LlmReply reply) implements BatchReply {}

  /** It is refused for good, and not charged. */
  record Refused(long call, String reason) implements BatchReply {}
}
