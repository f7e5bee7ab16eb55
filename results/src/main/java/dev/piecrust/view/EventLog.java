package dev.piecrust.view;

import dev.piecrust.store.Stores;
import dev.piecrust.store.database.SqlReader;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what happened to a campaign, the latest first, and what of it has no result. */
@Singleton
public class EventLog {
  private final SqlReader reader;

  public EventLog(Stores stores) {
    this.reader = stores.reader();
  }

  /**
   * @param who asked for it, or the program
   */
  public record Event(long id, Instant at, String kind, String message, String who) {}

  /**
   * What was given up.
   *
   * @param unit such as {@code prompt 3}
   * @param prompts how many prompts lack their result for it
   */
  public record Failure(String stage, String unit, long prompts, String reason) {}

  /** The latest events, before the one of an id; {@link Long#MAX_VALUE} for the very latest. */
  public List<Event> events(String campaign, long before, int limit) {
    return reader.list(
        "select id, happened_at, kind, message, who from campaign_event"
            + " where campaign_id = :id and id < :before order by id desc limit "
            + limit,
        Map.of("id", campaign, "before", before),
        row -> new Event(row.number(0), row.moment(1), row.text(2), row.text(3), row.text(4)));
  }

  /** The first failures, by stage and unit. */
  public List<Failure> failures(String campaign, int limit) {
    List<Failure> failures =
        new ArrayList<>(
            reader.list(
                "select task, prompt, reason from prompt_failure where campaign_id = :id"
                    + " order by task, prompt limit "
                    + limit,
                Map.of("id", campaign),
                row -> new Failure(row.text(0), "prompt " + row.number(1), 1, row.text(2))));
    failures.addAll(
        reader.list(
            "select stage, unit, failed, reason from work_unit where campaign_id = :id"
                + " and parked = true order by stage, unit limit "
                + limit,
            Map.of("id", campaign),
            row ->
                new Failure(
                    row.text(0),
                    row.text(1),
                    row.number(2),
                    row.optionalText(3).orElse("no reason was recorded"))));
    return failures.subList(0, Math.min(limit, failures.size()));
  }
}
