package dev.piecrust.ledger;

import dev.piecrust.batch.BatchApi;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.Begun;
import dev.piecrust.store.CallLedger;
import dev.piecrust.store.CallWish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Queues calls for the provider's batches; whoever asks next drives them. */
final class BatchDesk {
  private static final Duration TIGHT = Duration.ofSeconds(60);

  private final CallLedger calls;
  private final Wishes wishes;
  private final Secrets secrets;
  private final BatchDriver driver;
  private final Function<LlmSpec, BatchApi> apis;
  private final BatchSettings settings;
  private final CallTimes times;

  BatchDesk(
      CallLedger calls,
      Wishes wishes,
      Secrets secrets,
      BatchDriver driver,
      Function<LlmSpec, BatchApi> apis,
      BatchSettings settings,
      CallTimes times) {
    this.calls = calls;
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
    Optional<Duration> busy = drive(context.llm(), api);
    List<LlmAnswer> answers = new ArrayList<>();
    for (LlmRequest request : requests) {
      CallWish wish = wishes.batched(context, request, api.body(request));
      answers.add(answer(wish, busy.orElse(settings.poll())));
    }
    return answers;
  }

  private LlmAnswer answer(CallWish wish, Duration wait) {
    Optional<String> refused = calls.refusal(wish.cacheKey());
    if (refused.isPresent()) {
      return new LlmAnswer.Refused(refused.get());
    }
    Begun begun = calls.begin(wish);
    if (begun instanceof Begun.Answered answered) {
      return new LlmAnswer.Reply(answered.text(), answered.truncated(), true, answered.call());
    }
    if (begun instanceof Begun.OverBudget over) {
      return new LlmAnswer.OverBudget(over.reason());
    }
    if (begun instanceof Begun.Tight tight) {
      return new LlmAnswer.Later(Pause.jittered(TIGHT), tight.reason());
    }
    return new LlmAnswer.Later(Pause.jittered(wait), "it waits for the provider's batch");
  }

  /** When to come back, where the provider says so. */
  private Optional<Duration> drive(LlmSpec llm, BatchApi api) {
    try {
      driver.drive(
          CacheKey.endpoint(llm), api, wishes.price(llm), words -> secrets.without(llm, words));
      return Optional.empty();
    } catch (LlmException e) {
      return switch (e.kind()) {
        case RATE_LIMITED -> {
          times.rateLimited(llm);
          yield Optional.of(e.retryAfter().orElse(settings.poll()));
        }
        case UNAUTHORIZED, REFUSED ->
            throw new PieCrustException(FailureCategory.USER, secrets.without(llm, e.getMessage()));
        case UNAVAILABLE, LOST, GARBLED ->
            throw PieCrustException.external(
                secrets.without(llm, e.getMessage()), Pause.jittered(settings.poll()));
      };
    }
  }
}
