package dev.piecrust.ask;

import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.LlmExchange;
import dev.piecrust.ledger.CallContext;
import dev.piecrust.ledger.LlmAnswer;
import dev.piecrust.ledger.LlmClient;
import dev.piecrust.llm.LlmRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the desk and reads the answers. What cannot be read is asked for again once, with the error;
 * what cannot be read then is unparsed for good (docs/method.md §8).
 */
public final class Asker {
  private final LlmClient desk;

  /** All questions go to this desk, which keeps the limits of rates and money. */
  public Asker(LlmClient desk) {
    this.desk = desk;
  }

  /**
   * Asks all; done when each has its answer.
   *
   * @param alive called while it waits; throws when the work was cancelled
   */
  public <T> Asked<T> ask(CallContext context, List<Ask<T>> asks, Runnable alive) {
    List<Reading<T>> readings = asks.stream().map(Reading::new).toList();
    Round first = round(context, readings, alive);
    if (first.pending().isPresent()) {
      return new Asked.Pending<>(first.pending().get());
    }
    if (first.refusal().isEmpty()) {
      List<Reading<T>> bad = readings.stream().filter(reading -> !reading.read()).toList();
      bad.forEach(Reading::repair);
      Round second = round(context, bad, alive);
      if (second.pending().isPresent()) {
        return new Asked.Pending<>(second.pending().get());
      }
      List<LlmRequest> unread =
          bad.stream().filter(r -> !r.read()).flatMap(r -> r.requests().stream()).toList();
      if (second.refusal().isEmpty() && !unread.isEmpty()) {
        desk.forget(context, unread);
      }
      return outcome(readings, second);
    }
    return outcome(readings, first);
  }

  private <T> Round round(CallContext context, List<Reading<T>> readings, Runnable alive) {
    if (readings.isEmpty()) {
      return Round.ALL_REPLIED;
    }
    List<LlmRequest> requests = readings.stream().map(Reading::request).toList();
    List<LlmAnswer> answers = desk.ask(context, requests, alive);
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof LlmAnswer.Reply reply) {
        readings.get(i).accept(reply);
      }
    }
    return Round.of(answers);
  }

  private static <T> Asked<T> outcome(List<Reading<T>> readings, Round round) {
    List<LlmExchange> exchanges = new ArrayList<>();
    readings.forEach(reading -> exchanges.addAll(reading.exchanges()));
    if (round.refusal().isPresent()) {
      return new Asked.Missing<>(
          new FadeScore.Unscored(FadeScore.Kind.REFUSED, round.refusal().get()), exchanges);
    }
    List<T> answers = new ArrayList<>();
    for (Reading<T> reading : readings) {
      if (!reading.read()) {
        String reason = "a reply could not be read, not even the second: " + reading.error();
        return new Asked.Missing<>(
            new FadeScore.Unscored(FadeScore.Kind.UNPARSED, reason), exchanges);
      }
      answers.add(reading.value());
    }
    return new Asked.Answered<>(answers, exchanges);
  }
}
