package dev.piecrust.control.schedule;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.Optional;

/** The program by itself, whose Temporal ends with it and knows no schedules. */
public final class NoSchedules implements Schedules {
  private static PieCrustException refusal() {
    return user(
        "the program by itself keeps no schedules, expected an installation with a Temporal server"
            + " (docs/cluster.md), or cron and './piecrust run SPEC'");
  }

  @Override
  public ScheduleView create(ScheduleWish wish) {
    throw refusal();
  }

  @Override
  public List<ScheduleView> list() {
    throw refusal();
  }

  @Override
  public Optional<ScheduleView> find(String name) {
    throw refusal();
  }

  @Override
  public void delete(String name) {
    throw refusal();
  }

  @Override
  public void pause(String name, String who) {
    throw refusal();
  }

  @Override
  public void resume(String name, String who) {
    throw refusal();
  }
}
