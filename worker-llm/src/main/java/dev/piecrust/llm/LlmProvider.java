package dev.piecrust.llm;

/**
 * A provider of language models. It makes exactly one attempt: retries, limits and money are
 * others' business, and nobody but the ledger may call it.
 */
public interface LlmProvider {
  /**
   * Asks once.
   *
   * @throws LlmException when there is no answer; it says whether trying again can help
   */
  LlmReply ask(LlmRequest request);
}
