package dev.piecrust.ledger;

import dev.piecrust.batch.BatchApi;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.ledger.Admission;
import dev.piecrust.store.ledger.CallLedger;
import dev.piecrust.store.ledger.CallRequest;
import dev.piecrust.store.rate.Endpoints;
import dev.piecrust.store.rate.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Queues calls for the provider's batches; whoever asks next drives them. */
final class BatchCalls {
  private static final Duration TIGHT = Duration.ofSeconds(60);

  private final CallLedger calls;
  private final Endpoints endpoints;
  private final CallRequests wishes;
  private final Secrets secrets;
  private final BatchDriver driver;
  private final Function<LlmSpec, BatchApi> apis;
  private final BatchSettings settings;
  private final CallTimes times;

  BatchCalls(
      CallLedger calls,
      Endpoints endpoints,
      CallRequests wishes,
      Secrets secrets,
      BatchDriver driver,
      Function<LlmSpec, BatchApi> apis,
      BatchSettings settings,
      CallTimes times) {
    this.calls = calls;
    this.endpoints = endpoints;
    this.wishes = wishes;
    this.secrets = secrets;
    this.driver = driver;
    this.apis = apis;
    this.settings = settings;
    this.times = times;
  }

  /** What is answered already; the rest is queued, all of it, and answered later. */
  List<LlmAnswer> ask(CallContext context, List<LlmRequest> requests) {
    BatchApi api = apis.apply(context.llm());
    LlmAnswer driven = drive(context.llm(), api);
    if (driven instanceof LlmAnswer.Stopped) {
      return requests.stream().map(request -> driven).toList();
    }
    LlmAnswer.Later later = (LlmAnswer.Later) driven;
    List<LlmAnswer> answers = new ArrayList<>();
    for (LlmRequest request : requests) {
      CallRequest wish = wishes.batched(context, request, api.body(request));
      answers.add(answer(wish, later));
    }
    return answers;
  }

  private LlmAnswer answer(CallRequest wish, LlmAnswer.Later later) {
    Optional<String> refused = calls.refusal(wish.cacheKey());
    if (refused.isPresent()) {
      return new LlmAnswer.Refused(refused.get());
    }
    Admission begun = calls.begin(wish);
    if (begun instanceof Admission.Answered answered) {
      return new LlmAnswer.Reply(answered.text(), answered.truncated(), true, answered.call());
    }
    if (begun instanceof Admission.OverBudget over) {
      return new LlmAnswer.OverBudget(over.reason());
    }
    if (begun instanceof Admission.Tight tight) {
      return new LlmAnswer.Later(Pause.jittered(TIGHT), tight.reason());
    }
    return later;
  }

  /**
   * Goes on with the batches, unless their endpoint is away; says when to come back, or to stop.
   */
  private LlmAnswer drive(LlmSpec llm, BatchApi api) {
    String endpoint = CacheKey.endpoint(llm);
    Optional<Wait> closed = endpoints.closed(endpoint);
    if (closed.isPresent()) {
      return new LlmAnswer.Later(closed.get().atLeast(), closed.get().reason());
    }
    try {
      if (driver.drive(endpoint, api, wishes.price(llm), words -> secrets.without(llm, words))) {
        endpoints.answered(endpoint, Optional.empty(), Optional.empty());
      }
      return later(settings.poll());
    } catch (LlmException e) {
      String reason = secrets.without(llm, e.getMessage());
      return switch (e.kind()) {
        case RATE_LIMITED -> {
          times.rateLimited(llm);
          yield later(e.retryAfter().orElse(settings.poll()));
        }
        case UNAUTHORIZED, UNKNOWN, REFUSED -> new LlmAnswer.Stopped(Mistake.of(llm, reason));
        case UNREACHABLE, UNAVAILABLE, LOST, GARBLED -> {
          boolean nothingThere = e.kind() == LlmException.Kind.UNREACHABLE;
          Duration away = endpoints.failed(endpoint, nothingThere, reason).away();
          Duration wait = away.compareTo(settings.poll()) > 0 ? away : settings.poll();
          yield new LlmAnswer.Later(wait, reason);
        }
      };
    }
  }

  private static LlmAnswer later(Duration wait) {
    return new LlmAnswer.Later(Pause.jittered(wait), "it waits for the provider's batch");
  }
}
