package dev.piecrust.workflow;

import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An LLM worker that asks nobody and notes what it was asked for. */
final class FakeLlm implements LlmActivities {
  private final Function<String, LlmStep> answer;
  private final boolean steering;
  private final AtomicInteger underWay = new AtomicInteger();
  final AtomicInteger mostUnderWay = new AtomicInteger();
  final List<String> calls = new CopyOnWriteArrayList<>();

  /**
   * @param steering whether scores say that steering is still to be done, until it was rated
   * @param answer to each call, such as {@code explain L000/0000003}; it may throw, or wait
   */
  FakeLlm(boolean steering, Function<String, LlmStep> answer) {
    this.steering = steering;
    this.answer = answer;
  }

  /** Every step is done at once. */
  static FakeLlm willing(boolean steering) {
    return new FakeLlm(steering, call -> LlmStep.done());
  }

  /** Answers a call that begins like this with a step, and any other with done. */
  static Function<String, LlmStep> at(String where, LlmStep step) {
    return call -> call.startsWith(where) ? step : LlmStep.done();
  }

  @Override
  public LlmStep probe(String campaignId) {
    return note("probe " + campaignId);
  }

  @Override
  public LlmStep explain(FeatureUnit unit) {
    return note("explain " + unit.unit());
  }

  @Override
  public LlmStep writeTexts(FeatureUnit unit) {
    return note("write " + unit.unit());
  }

  @Override
  public LlmStep rateSamples(FeatureUnit unit) {
    return note("rate " + unit.unit());
  }

  @Override
  public LlmStep rateSteered(FeatureUnit unit) {
    return note("rate-steered " + unit.unit());
  }

  @Override
  public boolean score(FeatureUnit unit) {
    boolean rated = calls.contains("rate-steered " + unit.unit());
    note("score " + unit.unit());
    return steering && !rated;
  }

  private LlmStep note(String call) {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      LlmStep step = answer.apply(call);
      calls.add(call);
      return step;
    } finally {
      underWay.decrementAndGet();
    }
  }
}
