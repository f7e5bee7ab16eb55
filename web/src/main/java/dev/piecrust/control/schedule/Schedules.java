package dev.piecrust.control.schedule;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.Optional;

/**
 * Starts campaigns at set times. Each time gets a campaign of its own, whose name is the schedule's
 * and the time; what has not changed since an earlier one is found done, so that it costs next to
 * nothing.
 */
public interface Schedules {
  /** Makes a schedule; a name that another has is a user error. */
  ScheduleView create(ScheduleWish wish);

  /** All of them, by name. */
  List<ScheduleView> list();

  /** The one of this name, if there is one. */
  Optional<ScheduleView> find(String name);

  /**
   * Ends it; the campaigns that it has started go on.
   *
   * @throws PieCrustException of a user where there is none of this name; of all commands
   */
  void delete(String name);

  /**
   * Has it start nothing until it is resumed.
   *
   * @param who asks for it, for Temporal's own pages
   */
  void pause(String name, String who);

  /** Has it start campaigns again; the times that passed meanwhile are left out. */
  void resume(String name, String who);

  /** The error for a name that no schedule has. */
  static PieCrustException unknown(String name) {
    return user("there is no schedule '%s', expected one that 'schedule list' lists", name);
  }
}
