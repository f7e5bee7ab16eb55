package dev.piecrust.ledger;

import dev.piecrust.llm.LlmRequest;
import java.util.List;

/** Where questions are asked: cache, money, rates and schedule are behind it. */
public interface LlmClient {
  /**
   * Asks all of these, of which some may be in the cache. Blocks for as long as a rate limit needs
   * a few seconds; what takes longer is answered with {@link LlmAnswer.Later}.
   *
   * @param alive called now and then while it waits; throws when the work was cancelled
   * @return one answer for each request, in order; after the first that is no reply, the others may
   *     not have been asked
   * @throws dev.piecrust.failure.PieCrustException EXTERNAL where the provider failed in a way that
   *     another attempt may heal
   */
  List<LlmAnswer> ask(CallContext context, List<LlmRequest> requests, Runnable alive);

  /** Forgets answers that nobody can read, so that whoever asks again gets others. */
  void forget(CallContext context, List<LlmRequest> requests);
}
