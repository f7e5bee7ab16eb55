package dev.piecrust.batch;

import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.ledger.BatchItem;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A provider's batches. All throw {@link dev.piecrust.llm.LlmException} as calls do. */
public interface BatchApi {
  /** What a batch asks, in the provider's JSON. */
  String body(LlmRequest request);

  /** Hands a batch over; returns the provider's name of it. */
  String submit(String batch, List<BatchItem> items);

  /**
   * Looks for a batch that may have been handed over by a worker that died before it could say so.
   *
   * @param notBeforeMs when our batch was made
   * @param unknown whether a batch of the provider's is none that we know
   */
  Optional<String> find(String batch, int items, long notBeforeMs, Predicate<String> unknown);

  /** The answers; empty while the provider works on the batch. */
  Optional<List<BatchReply>> replies(String remoteId);
}
