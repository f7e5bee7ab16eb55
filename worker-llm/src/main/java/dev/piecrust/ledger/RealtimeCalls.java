package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.ledger.Admission;
import dev.piecrust.store.ledger.CallLedger;
import dev.piecrust.store.ledger.CallRequest;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Makes calls at once: reserve, wait for the turn, call, settle. */
final class RealtimeCalls {
  private static final Duration TIGHT = Duration.ofSeconds(5);
  private static final Duration QUEUE = Duration.ofSeconds(5);
  private static final Duration SIBLING = Duration.ofMillis(200);

  private final CallLedger calls;
  private final CallRequests wishes;
  private final CallEnds ends;
  private final Function<LlmSpec, LlmProvider> providers;
  private final LedgerSettings settings;
  private final CallTimes times;
  private final WorkerLife life;

  /**
   * Of each campaign at each endpoint, one permit that is given in order of arrival: one thread of
   * this process at a time asks for its turn, so that those behind it do not ask the database in
   * vain.
   */
  private final ConcurrentHashMap<String, Semaphore> turnstiles = new ConcurrentHashMap<>();

  RealtimeCalls(
      CallLedger calls,
      CallRequests wishes,
      CallEnds ends,
      Function<LlmSpec, LlmProvider> providers,
      LedgerSettings settings,
      CallTimes times,
      WorkerLife life) {
    this.calls = calls;
    this.wishes = wishes;
    this.ends = ends;
    this.providers = providers;
    this.settings = settings;
    this.times = times;
    this.life = life;
  }

  /** The answer to one question, from the cache or from the provider. */
  LlmAnswer ask(CallContext context, LlmRequest request, Runnable alive) {
    CallRequest wish = wishes.now(context, request);
    Optional<Admission.Answered> there = calls.answered(wish);
    if (there.isPresent()) {
      return reply(there.get());
    }
    Pause pause = new Pause(settings.longestWait(), alive, life::isDraining);
    Optional<LlmAnswer> answer = Optional.empty();
    while (answer.isEmpty()) {
      answer = attempt(context, request, wish, pause);
    }
    return answer.get();
  }

  /** One attempt; empty where it is worth another at once. */
  private Optional<LlmAnswer> attempt(
      CallContext context, LlmRequest request, CallRequest wish, Pause pause) {
    Timer.Sample start = times.now();
    Turn turn = wish.rate().isEmpty() ? turn(wish) : inTurn(wish, pause);
    if (turn.begun() instanceof Admission.Wait) {
      times.waited(wish, start);
    }
    if (turn.begun() instanceof Admission.Reserved reserved) {
      awaitTurn(wish, reserved);
      times.waited(wish, start);
      if (turn.isLate(reserved.after().plus(settings.late()))) {
        ends.missed(wish, reserved);
        return Optional.empty();
      }
      try {
        return call(context.llm(), request, wish, reserved.call(), pause);
      } finally {
        if (wish.rate().isPresent() && turn.isLate(reserved.after().plus(CallLedger.onTime()))) {
          ends.late(wish, reserved);
        }
      }
    }
    if (turn.begun() instanceof Admission.InFlight && pause.bears(SIBLING)) {
      pause.nap(SIBLING);
      return Optional.empty();
    }
    return Optional.of(said(turn.begun()));
  }

  /** Where the process stops meanwhile, the turn and the money are for others. */
  private void awaitTurn(CallRequest wish, Admission.Reserved reserved) {
    try {
      Pause.exactly(reserved.after());
    } catch (PieCrustException stops) {
      ends.missed(wish, reserved);
      throw stops;
    }
  }

  /** Whoever is first in line asks until the door opens, and the others wait behind. */
  private Turn inTurn(CallRequest wish, Pause pause) {
    Semaphore turnstile =
        turnstiles.computeIfAbsent(
            wish.endpoint() + "/" + wish.campaignId(), key -> new Semaphore(1, true));
    if (!pause.enter(turnstile)) {
      return new Turn(new Admission.Wait(QUEUE, "the rate limit"), System.nanoTime());
    }
    try {
      Turn turn = turn(wish);
      while (turn.begun() instanceof Admission.Wait wait && pause.bears(wait.atLeast())) {
        pause.nap(wait.atLeast());
        turn = turn(wish);
      }
      return turn;
    } finally {
      turnstile.release();
    }
  }

  private Turn turn(CallRequest wish) {
    long askedAt = System.nanoTime();
    return new Turn(calls.begin(wish), askedAt);
  }

  private Optional<LlmAnswer> call(
      LlmSpec llm, LlmRequest request, CallRequest wish, long call, Pause pause) {
    LlmReply reply;
    try {
      reply = times.answer(llm, () -> providers.apply(llm).ask(request));
    } catch (LlmException e) {
      Optional<LlmAnswer> answer = ends.failed(llm, wish.cacheKey(), call, e);
      if (answer.isPresent() && answer.get() instanceof LlmAnswer.Later later) {
        return pause.sleptOver(later.after()) ? Optional.empty() : answer;
      }
      return answer.isEmpty() && !pause.bears(Duration.ZERO)
          ? Optional.of(later(QUEUE, "the provider's rate limit"))
          : answer;
    } catch (RuntimeException | Error e) {
      ends.broken(call, e);
      throw e;
    }
    return Optional.of(
        ends.answered(llm, wishes.price(llm), wish, wishes.bounds(llm, request), call, reply));
  }

  private static LlmAnswer said(Admission begun) {
    if (begun instanceof Admission.Answered answered) {
      return reply(answered);
    }
    if (begun instanceof Admission.Wait wait) {
      return later(wait.atLeast(), wait.reason());
    }
    if (begun instanceof Admission.Tight tight) {
      return later(TIGHT, tight.reason());
    }
    if (begun instanceof Admission.OverBudget over) {
      return new LlmAnswer.OverBudget(over.reason());
    }
    return later(QUEUE, "the same question is being asked");
  }

  private static LlmAnswer reply(Admission.Answered answered) {
    return new LlmAnswer.Reply(answered.text(), answered.truncated(), true, answered.call());
  }

  private static LlmAnswer later(Duration wait, String reason) {
    return new LlmAnswer.Later(Pause.jittered(wait), reason);
  }

  /** What was said, and when it was asked for. */
  private record Turn(Admission begun, long askedAt) {
    boolean isLate(Duration allowed) {
      return System.nanoTime() - askedAt > allowed.toNanos();
    }
  }
}
