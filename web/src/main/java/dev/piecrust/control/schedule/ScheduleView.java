package dev.piecrust.control.schedule;

import java.time.Instant;
import java.util.List;

/**
 * A schedule as it stands.
 *
 * @param name of the schedule
 * @param campaign the name in its spec
 * @param cron when it starts a campaign
 * @param timezone in which that is meant
 * @param paused whether it starts nothing until it is resumed
 * @param started how many campaigns it has started
 * @param skipped how many times passed without one, since the one before had not ended
 * @param running whether the last one has not ended
 * @param next its next times, the soonest first; none where it is paused for good
 * @param last its last times with a campaign, the latest last
 */
public record ScheduleView(
    String name,
    String campaign,
    String cron,
    String timezone,
    boolean paused,
    long started,
    long skipped,
    boolean running,
    List<Instant> next,
    List<Instant> last) {
  public ScheduleView {
    next = List.copyOf(next);
    last = List.copyOf(last);
  }
}
