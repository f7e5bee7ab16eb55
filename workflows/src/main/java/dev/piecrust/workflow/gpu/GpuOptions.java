package dev.piecrust.workflow.gpu;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.failure.FailureCategory;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Options of the activities on a GPU worker. Every number has its reason. */
final class GpuOptions {
  /**
   * A live worker takes a call from its own queue at once (a busy device is waited for inside the
   * call, with heartbeats), so half a minute without a taker means that the worker is gone.
   */
  static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);

  /**
   * Workers heartbeat every few seconds. A minute forgives a long garbage collection or one large
   * forward pass on a CPU, and loses little when the machine dies.
   */
  static final Duration HEARTBEAT = Duration.ofMinutes(1);

  /**
   * Hosts beat every two seconds from a thread of their own, whatever they compute; seven beats are
   * missed before one is called lost.
   */
  static final Duration SILENCE_OF_A_HOST = Duration.ofSeconds(15);

  /**
   * A backstop for a worker that heartbeats and does not move. The largest unit, ten prompts of a
   * 1B model by {@code factp} over all of their 10,000 occurrences on a CPU, takes some seven
   * hours; three times that.
   */
  static final Duration UNIT_TIME = Duration.ofHours(24);

  /**
   * Downloading a transcoder of 160 GB at 5 MB/s takes nine hours; what is there by then stays, and
   * the next attempt goes on.
   */
  static final Duration LOAD_TIME = Duration.ofHours(10);

  /** A full disk or a lost mount is not healed in less. */
  static final Duration FIRST_RETRY = Duration.ofSeconds(2);

  /** Past half a minute, waiting longer between attempts only idles the GPU. */
  static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);

  /**
   * Two minutes in all, as book-keeping has: a database that is away for one is survived. What
   * still fails then is parked, and the campaign goes on with the other units.
   */
  static final int UNIT_ATTEMPTS = 8;

  /** A silent worker is dead: its own queue is the wrong place to try again. */
  private static final String SILENCE = "TemporalTimeout:Heartbeat";

  private GpuOptions() {}

  /**
   * Loads a model on the shared queue. There is no limit on the wait for a worker: a campaign
   * without a GPU waits for one, it does not fail. A machine that is too small for the model does
   * not grow between attempts: it refuses at once, or leaves it to another. When the campaign is
   * cancelled, a load notices it at its next heartbeat, and nobody waits for that.
   */
  static ActivityOptions load(String queue) {
    return common(queue, SILENCE, FailureCategory.RESOURCES.name())
        .setCancellationType(ActivityCancellationType.ABANDON)
        .setStartToCloseTimeout(LOAD_TIME)
        .build();
  }

  /**
   * Has a device load the subject on the shared queue, and take its work from then on. It is asked
   * again and again until a device is free for it: a campaign waits for that, it does not fail.
   * Where there is no room, the devices have offered it to each other before they say so. A request
   * that is withdrawn while a device answers it has that answer: the device is a host then.
   */
  static ActivityOptions host(String queue) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setHeartbeatTimeout(SILENCE_OF_A_HOST)
        .setStartToCloseTimeout(LOAD_TIME)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_RETRY)
                .setMaximumInterval(SLOWEST_RETRY)
                .setDoNotRetry(FailureCategory.RESOURCES.name())
                .build())
        .build();
  }

  /**
   * Works on the queue of a subject, from which all its hosts take. However long the queue is, and
   * however long no host is there: the work waits. A silent host is dead; whoever else takes from
   * the queue is asked at once.
   */
  static ActivityOptions onSubject(String queue) {
    return common(queue, SILENCE)
        .setHeartbeatTimeout(SILENCE_OF_A_HOST)
        .setStartToCloseTimeout(UNIT_TIME)
        .build();
  }

  /**
   * Trains a part on any device of the shared queue; what was trained lies in files. However long
   * no device is free, it waits. A device that is lost is followed by the next, which goes on at
   * the last checkpoint; one that is too small says so at once.
   */
  static ActivityOptions training() {
    return common(TaskQueues.GPU, FailureCategory.RESOURCES.name())
        .setHeartbeatTimeout(SILENCE_OF_A_HOST)
        .setStartToCloseTimeout(UNIT_TIME)
        .build();
  }

  /** Works on a session's own queue. */
  static ActivityOptions unit(String queue) {
    return onSession(queue).build();
  }

  /**
   * Works on one of many features on a session's own queue. When all are cancelled, nobody waits
   * for each to stop: they are short, and notice it at their next heartbeat.
   */
  static ActivityOptions feature(String queue) {
    return onSession(queue).setCancellationType(ActivityCancellationType.ABANDON).build();
  }

  private static ActivityOptions.Builder onSession(String queue) {
    return common(queue, SILENCE)
        .setScheduleToStartTimeout(TAKEN_WITHIN)
        .setStartToCloseTimeout(UNIT_TIME);
  }

  private static ActivityOptions.Builder common(String queue, String... notRetried) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setHeartbeatTimeout(HEARTBEAT)
        // The device is free only when the activity has stopped: wait for that.
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_RETRY)
                .setMaximumInterval(SLOWEST_RETRY)
                .setMaximumAttempts(UNIT_ATTEMPTS)
                .setDoNotRetry(notRetried)
                .build());
  }
}
