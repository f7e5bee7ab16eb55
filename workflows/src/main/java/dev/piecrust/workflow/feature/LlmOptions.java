package dev.piecrust.workflow.feature;

import dev.piecrust.activity.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Options of the activities that ask a language model. Every number has its reason. */
public final class LlmOptions {
  /**
   * Workers beat every two seconds, also while a call is under way. A minute forgives a slow
   * machine, and loses little when it dies.
   */
  static final Duration HEARTBEAT = Duration.ofMinutes(1);

  /**
   * A backstop for a worker that beats and does not move. The largest step, 500 ratings in 34
   * calls, each repaired once and each at its time limit, takes two and a half hours; twice that.
   */
  static final Duration STEP_TIME = Duration.ofHours(5);

  /** Past the hiccup of a proxy. A provider that says when to come back is obeyed instead. */
  static final Duration FIRST_RETRY = Duration.ofSeconds(2);

  /** A provider that is down for minutes is not helped by more frequent questions. */
  static final Duration SLOWEST_RETRY = Duration.ofMinutes(2);

  /** Some four minutes in all: what still fails then is parked, and other features go on. */
  static final int ATTEMPTS = 8;

  /**
   * How long the first question of a campaign waits for a worker: one that is there takes it at
   * once, and pruning needs none.
   */
  static final Duration PROBE_WAIT = Duration.ofMinutes(1);

  /** A slow local model loads and answers in that; what takes longer is heard of later. */
  static final Duration PROBE_TIME = Duration.ofMinutes(3);

  private LlmOptions() {}

  /** For the first question of a campaign, which goes on without an answer. */
  public static ActivityOptions probe() {
    return ActivityOptions.newBuilder(step())
        .setScheduleToStartTimeout(PROBE_WAIT)
        .setStartToCloseTimeout(PROBE_TIME)
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }

  /**
   * For one step of one feature. There is no limit on the wait for a worker: a campaign without an
   * LLM worker waits for one, it does not fail.
   */
  public static ActivityOptions step() {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.LLM)
        .setHeartbeatTimeout(HEARTBEAT)
        .setStartToCloseTimeout(STEP_TIME)
        // The ledger settles a call that is under way, whether or not somebody waits for it; its
        // worker notices at the next heartbeat that nobody does.
        .setCancellationType(ActivityCancellationType.ABANDON)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_RETRY)
                .setMaximumInterval(SLOWEST_RETRY)
                .setMaximumAttempts(ATTEMPTS)
                .build())
        .build();
  }
}
