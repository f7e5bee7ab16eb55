package dev.piecrust.store.ledger;

import dev.piecrust.metric.Meters;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what calls to language models came to. */
record CallMeters(MeterRegistry meters) {
  void began(CallRequest wish, CallOpening opening) {
    if (opening.hit()) {
      cache(wish, "hit");
    } else if (opening.reserved()) {
      cache(wish, "miss");
    }
  }

  private void cache(CallRequest wish, String result) {
    Meters.LLM_CACHE.counter(meters, wish.provider(), wish.model(), result).increment();
  }

  /** The call as it stands in the books now. */
  void ended(LlmCallRow call) {
    Meters.LLM_CALLS
        .counter(meters, call.provider, call.model, call.stage, outcome(call))
        .increment();
    if (call.state == CallState.SETTLED) {
      tokens(call, "prompt", call.inputTokens == null ? 0 : call.inputTokens);
      tokens(call, "completion", call.outputTokens == null ? 0 : call.outputTokens);
      Meters.LLM_SPENT
          .counter(meters, call.provider, call.model, call.stage)
          .increment(call.usd == null ? 0 : call.usd.doubleValue());
    }
  }

  private void tokens(LlmCallRow call, String kind, long tokens) {
    Meters.LLM_TOKENS.counter(meters, call.provider, call.model, kind).increment((double) tokens);
  }

  private static String outcome(LlmCallRow call) {
    return switch (call.state) {
      case SETTLED -> "answered";
      case RELEASED -> "released";
      case LOST -> "lost";
      case RESERVED, QUEUED -> throw new IllegalStateException("call " + call.id + " is open");
    };
  }
}
