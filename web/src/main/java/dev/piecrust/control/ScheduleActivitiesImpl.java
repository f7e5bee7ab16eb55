package dev.piecrust.control;

import dev.piecrust.activity.ScheduleActivities;
import dev.piecrust.activity.ScheduledStart;
import dev.piecrust.failure.Failures;
import dev.piecrust.spec.SpecReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Records the campaigns that schedules start, each under the schedule's name and its time. */
public final class ScheduleActivitiesImpl implements ScheduleActivities {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);

  private final LocalCampaignService campaigns;

  public ScheduleActivitiesImpl(LocalCampaignService campaigns) {
    this.campaigns = campaigns;
  }

  @Override
  public String recordScheduled(ScheduledStart start, long epochSecond) {
    String name = start.schedule() + "-" + TIME.format(Instant.ofEpochSecond(epochSecond));
    try {
      return campaigns.recordOnce(
          SpecReader.parse(start.spec(), Path.of("/"), "the spec of schedule " + start.schedule())
              .named(name),
          "schedule " + start.schedule());
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    }
  }
}
