package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.metric.Meters;
import dev.piecrust.store.ledger.CallRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** Times how long calls wait for their turn and for their answer, and counts those turned away. */
record CallTimes(MeterRegistry meters) {
  Timer.Sample now() {
    return Timer.start(meters);
  }

  /** The call got its turn, or gave up. */
  void waited(CallRequest wish, Timer.Sample since) {
    if (wish.rate().isPresent()) {
      since.stop(Meters.LLM_RATE_WAIT.timer(meters, wish.provider(), wish.model()));
    }
  }

  LlmReply answer(LlmSpec llm, Supplier<LlmReply> call) {
    Timer.Sample start = now();
    String outcome = "failed";
    try {
      LlmReply reply = call.get();
      outcome = "answered";
      return reply;
    } finally {
      start.stop(
          Meters.LLM_CALL_DURATION.timer(meters, llm.provider().label(), llm.model(), outcome));
    }
  }

  /** The provider said that there are too many calls. */
  void rateLimited(LlmSpec llm) {
    Meters.LLM_RATE_LIMITED.counter(meters, llm.provider().label(), llm.model()).increment();
  }
}
