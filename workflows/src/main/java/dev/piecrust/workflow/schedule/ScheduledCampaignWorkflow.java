package dev.piecrust.workflow.schedule;

import dev.piecrust.activity.ScheduledStart;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One time of a schedule, from its campaign's start to that campaign's end. */
@WorkflowInterface
public interface ScheduledCampaignWorkflow {
  /**
   * Starts the campaign of this time and stays until it has ended, so that Temporal knows whether
   * the one before still runs. However it ends, it is no failure of the schedule.
   *
   * @return the campaign's id
   */
  @WorkflowMethod
  String start(ScheduledStart start);
}
