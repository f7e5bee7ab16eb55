package dev.piecrust.ledger;

import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.llm.ProviderLimits;
import dev.piecrust.price.TokenUsage;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Answers each question with its own text, or with what was prepared; remembers what was asked. */
final class FakeProvider implements LlmProvider {
  static final TokenUsage USAGE = new TokenUsage(20, 10, 30, 5);

  private final List<LlmRequest> asked = new CopyOnWriteArrayList<>();
  private final Queue<Supplier<LlmReply>> prepared = new ConcurrentLinkedQueue<>();

  @Override
  public LlmReply ask(LlmRequest request) {
    asked.add(request);
    Supplier<LlmReply> next = prepared.poll();
    return next == null ? reply(request.messages().get(0).text(), Optional.of(USAGE)) : next.get();
  }

  void next(Supplier<LlmReply> reply) {
    prepared.add(reply);
  }

  void nextThrows(RuntimeException e) {
    next(
        () -> {
          throw e;
        });
  }

  int calls() {
    return asked.size();
  }

  static LlmReply reply(String text, Optional<TokenUsage> usage) {
    return new LlmReply(text, usage, false, ProviderLimits.UNSAID);
  }
}
