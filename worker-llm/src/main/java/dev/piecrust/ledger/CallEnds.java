package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.price.Bill;
import dev.piecrust.price.Price;
import dev.piecrust.price.ServiceTier;
import dev.piecrust.store.ledger.Admission;
import dev.piecrust.store.ledger.CallLedger;
import dev.piecrust.store.ledger.CallRequest;
import dev.piecrust.store.rate.EndpointFailure;
import dev.piecrust.store.rate.Endpoints;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Records how a call ended, and says what that means for who asked. */
final class CallEnds {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /**
   * Until a flex call is tried again: providers aim to have room within a quarter of an hour, and
   * others at the same endpoint need not wait for that.
   */
  private static final Duration NO_ROOM = Duration.ofMinutes(1);

  /** Past the hiccup of a proxy. */
  private static final Duration BACK_OFF = Duration.ofSeconds(2);

  /**
   * How often a question may fail while the endpoint answers others: some four minutes in all, for
   * the wait doubles each time.
   */
  private static final int MOST_ALONE = 8;

  private final CallLedger calls;
  private final Endpoints endpoints;
  private final WorkerLife life;
  private final Secrets secrets;
  private final CallTimes times;

  /** How often questions failed while others were answered, by their keys. */
  private final Map<String, Integer> alone = new ConcurrentHashMap<>();

  CallEnds(
      CallLedger calls, Endpoints endpoints, WorkerLife life, Secrets secrets, CallTimes times) {
    this.calls = calls;
    this.endpoints = endpoints;
    this.life = life;
    this.secrets = secrets;
    this.times = times;
  }

  /**
   * Answered: settled at the reported usage where that can be, at what the model costs now; or at
   * the cost that the provider names, if it is no more than what was reserved.
   *
   * @param wish with what was reserved; empty where nobody knows the price
   */
  LlmAnswer answered(
      LlmSpec llm,
      Optional<Price> price,
      CallRequest wish,
      UsageBounds bounds,
      long call,
      LlmReply reply) {
    alone.remove(wish.cacheKey());
    Optional<BigDecimal> worst = wish.worstCase();
    ServiceTier tier = served(llm, reply);
    Optional<BigDecimal> usd =
        reply
            .usd()
            .filter(cost -> worst.filter(most -> cost.compareTo(most) > 0).isEmpty())
            .map(cost -> cost.setScale(Bill.SCALE, RoundingMode.CEILING))
            .or(
                () ->
                    price.flatMap(
                        known -> reply.usage().map(usage -> Bill.of(known, usage, tier))));
    String text = secrets.without(llm, reply.text());
    Optional<String> doubt = llm.provider().baseline() ? Optional.empty() : bounds.doubt(reply);
    life.end(
        () ->
            doubt.ifPresentOrElse(
                reason -> calls.settleAtWorst(call, text, reply.truncated(), reason),
                () -> calls.settle(call, text, reply.truncated(), reply.usage(), usd)));
    if (!llm.provider().baseline()) {
      endpoints.answered(
          CacheKey.endpoint(llm),
          reply.limits().requestsPerMinute(),
          reply.limits().tokensPerMinute());
    }
    return new LlmAnswer.Reply(text, reply.truncated(), false, call);
  }

  /** The tier that the answer names; a cheaper one than the list price's only if it was asked. */
  private static ServiceTier served(LlmSpec llm, LlmReply reply) {
    ServiceTier named = reply.tier().orElse(ServiceTier.REALTIME);
    return switch (named) {
      case REALTIME, PRIORITY -> named;
      case FLEX, BATCH -> llm.schedule().tier() == named ? named : ServiceTier.REALTIME;
    };
  }

  /**
   * Not answered.
   *
   * @param question its key
   * @return what to say; empty where the same call should wait for its turn again
   */
  Optional<LlmAnswer> failed(LlmSpec llm, String question, long call, LlmException e) {
    String endpoint = CacheKey.endpoint(llm);
    String reason = secrets.without(llm, e.getMessage());
    if (answers(e.kind())) {
      endpoints.answered(endpoint, Optional.empty(), Optional.empty());
    }
    switch (e.kind()) {
      case RATE_LIMITED -> {
        times.rateLimited(llm);
        life.end(() -> calls.release(call, reason));
        if (llm.schedule() == LlmSchedule.FLEX && e.retryAfter().isEmpty()) {
          return Optional.of(new LlmAnswer.Later(Pause.jittered(NO_ROOM), reason));
        }
        endpoints.pause(endpoint, e.retryAfter().orElseGet(() -> Pause.jittered(PAUSE)));
        return Optional.empty();
      }
      case UNREACHABLE, UNAVAILABLE -> {
        life.end(() -> calls.release(call, reason));
        return e.retryAfter().filter(Duration::isZero).isPresent()
            ? Optional.empty()
            : Optional.of(away(endpoint, question, reason, e));
      }
      case LOST, GARBLED -> {
        life.end(() -> calls.lose(call, reason));
        return Optional.of(away(endpoint, question, reason, e));
      }
      case UNAUTHORIZED, UNKNOWN -> {
        life.end(() -> calls.release(call, reason));
        return Optional.of(new LlmAnswer.Stopped(Mistake.of(llm, reason)));
      }
      case REFUSED -> {
        life.end(() -> calls.release(call, reason));
        return Optional.of(new LlmAnswer.Refused(reason));
      }
    }
    throw new IllegalStateException("no such kind: " + e.kind());
  }

  /** Whether an endpoint that fails so is there, and nobody has to wait for it. */
  private static boolean answers(LlmException.Kind kind) {
    return switch (kind) {
      case RATE_LIMITED, UNAUTHORIZED, UNKNOWN, REFUSED -> true;
      case UNREACHABLE, UNAVAILABLE, LOST, GARBLED -> false;
    };
  }

  /**
   * The endpoint gave no answer: all wait until it does, for as long as it takes. But where it goes
   * on answering others, the question itself is what it fails at.
   */
  private LlmAnswer away(String endpoint, String question, String reason, LlmException e) {
    EndpointFailure failure =
        endpoints.failed(endpoint, e.kind() == LlmException.Kind.UNREACHABLE, reason);
    int times = failure.inARow() == 1 ? alone.merge(question, 1, Integer::sum) : 0;
    if (times >= MOST_ALONE) {
      alone.remove(question);
      return new LlmAnswer.Refused(
          "failed %d times while other questions were answered; the last: %s"
              .formatted(times, reason));
    }
    Duration backOff = BACK_OFF.multipliedBy(1L << Math.max(0, times - 1));
    Duration asked = e.retryAfter().orElse(Duration.ZERO);
    if (!asked.isZero()) {
      endpoints.pause(endpoint, asked);
    }
    return new LlmAnswer.Later(
        Stream.of(failure.away(), asked, backOff).max(Comparator.naturalOrder()).orElseThrow(),
        reason);
  }

  /** A fault of the program in the middle of a call. */
  void broken(long call, Throwable fault) {
    life.end(() -> calls.lose(call, fault.getClass().getSimpleName()));
  }

  /** The call did not leave in time for its turn. */
  void missed(CallRequest wish, Admission.Reserved call) {
    life.end(() -> calls.miss(wish, call));
  }

  /** However the call ended, it may have arrived long after its turn. */
  void late(CallRequest wish, Admission.Reserved call) {
    life.note(() -> calls.late(wish, call));
  }
}
