package dev.piecrust.workflow.campaign;

import dev.piecrust.activity.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import java.time.Duration;

/** Options of a campaign's activities and children. Every number has its reason. */
public final class CampaignOptions {
  /**
   * The longest, a report, reads some 100,000 rows and draws bootstrap samples: seconds. Five
   * minutes leave room for a slow database, and still end a hung connection.
   */
  static final Duration CONTROL_TIME = Duration.ofMinutes(5);

  /**
   * Workers beat every two seconds. Book-keeping that is taken for lost though it is only slow is
   * done twice at no cost, so a dead worker is noticed soon.
   */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** A lost transaction is worth an immediate second try. */
  static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /** A database that restarts is back within a minute; asking more often would not help. */
  static final Duration SLOWEST_RETRY = Duration.ofMinutes(1);

  /** Together two minutes of patience: a restart is survived, a fault of ours is soon reported. */
  static final int CONTROL_ATTEMPTS = 8;

  private CampaignOptions() {}

  /** For book-keeping, beside the workflows. */
  public static ActivityOptions control() {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.CONTROL)
        .setStartToCloseTimeout(CONTROL_TIME)
        .setHeartbeatTimeout(HEARTBEAT)
        // Book-keeping takes milliseconds, and is right whatever happens next.
        .setCancellationType(ActivityCancellationType.ABANDON)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_RETRY)
                .setMaximumInterval(SLOWEST_RETRY)
                .setMaximumAttempts(CONTROL_ATTEMPTS)
                .build())
        .build();
  }

  /**
   * For one part of the campaign. No timeout and no retry: the time depends on the spec, and the
   * child itself retries what can be retried.
   */
  public static ChildWorkflowOptions child(String workflowId) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setTaskQueue(TaskQueues.CONTROL)
        // "Cancelled" must mean that the GPU is free, so wait for the activities to stop.
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        // A campaign that is terminated must not leave a child that computes for nobody.
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
        .build();
  }
}
