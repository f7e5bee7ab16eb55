package dev.piecrust.control.schedule;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignNames;
import dev.piecrust.campaign.CampaignSpec;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * A schedule that somebody wants.
 *
 * @param name of the schedule, with which the names of its campaigns begin
 * @param spec of the campaigns; their names are the schedule's and a time
 * @param cron when, in five fields: minute, hour, day of the month, month, day of the week
 * @param timezone in which that is meant, such as {@code Europe/Berlin}
 */
public record ScheduleWish(String name, CampaignSpec spec, String cron, String timezone) {
  /** What is left of a campaign's name beside a time. */
  static final int LONGEST_NAME = 50;

  private static final int FIELDS = 5;

  public ScheduleWish {
    if (!CampaignNames.allow(name) || name.length() > LONGEST_NAME) {
      throw user(
          "the schedule's name is '%s', expected up to %d letters, digits, '.', '_' or '-'",
          CampaignNames.quotable(name), LONGEST_NAME);
    }
    if (cron.strip().split("\\s+").length != FIELDS) {
      throw user(
          "cron is '%s', expected minute, hour, day of the month, month and day of the week, such"
              + " as '0 6 * * 1'",
          cron);
    }
    try {
      ZoneId unused = ZoneId.of(timezone);
    } catch (DateTimeException e) {
      throw user("the time zone is '%s', expected a name such as UTC or Europe/Berlin", timezone);
    }
  }
}
