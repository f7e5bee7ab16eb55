package dev.piecrust.worker;

import dev.piecrust.ledger.CallContext;
import dev.piecrust.ledger.LlmAnswer;
import dev.piecrust.ledger.LlmClient;
import dev.piecrust.llm.LlmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A desk that answers by a function, and remembers what it was asked. */
public final class ScriptedDesk implements LlmClient {
  public final List<LlmRequest> asked = new ArrayList<>();
  public final List<LlmRequest> forgotten = new ArrayList<>();
  public final List<CallContext> contexts = new ArrayList<>();
  private Function<LlmRequest, LlmAnswer> script;

  public ScriptedDesk(Function<LlmRequest, LlmAnswer> script) {
    this.script = script;
  }

  public void script(Function<LlmRequest, LlmAnswer> other) {
    script = other;
  }

  public static LlmAnswer reply(String text) {
    return new LlmAnswer.Reply(text, false, false, 7);
  }

  @Override
  public List<LlmAnswer> ask(CallContext context, List<LlmRequest> requests, Runnable alive) {
    alive.run();
    contexts.add(context);
    asked.addAll(requests);
    return requests.stream().map(script).toList();
  }

  @Override
  public void forget(CallContext context, List<LlmRequest> requests) {
    forgotten.addAll(requests);
  }
}
