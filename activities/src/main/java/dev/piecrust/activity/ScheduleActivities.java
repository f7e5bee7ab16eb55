package dev.piecrust.activity;

import io.temporal.activity.ActivityInterface;

/** Book-keeping of schedules; idempotent. */
@ActivityInterface
public interface ScheduleActivities {
  /**
   * Records the campaign of a schedule's time, and starts nothing. A spec that cannot be read any
   * more, or that names what is not there, is a user error.
   *
   * @param epochSecond the time that the schedule meant
   * @return the campaign's id
   */
  String recordScheduled(ScheduledStart start, long epochSecond);
}
