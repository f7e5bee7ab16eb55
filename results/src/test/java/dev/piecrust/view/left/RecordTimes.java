package dev.piecrust.view.left;

import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes down when the units of a campaign ended, which {@link TimeLeftTest} replays. With a
 * stopped home: {@code RecordTimes HOME/db/piecrust CAMPAIGN FILE}.
 */
final class RecordTimes {
  private static final String UNITS =
      "select stage, done + failed, ended_at from work_unit where campaign_id = :id"
          + " order by ended_at, stage, unit";

  private RecordTimes() {}

  public static void main(String[] args) throws Exception {
    try (Database database = Stores.database(DatabaseConfig.h2(Path.of(args[0])));
        PrintStream out =
            new PrintStream(
                Files.newOutputStream(Path.of(args[2])), false, StandardCharsets.UTF_8)) {
      Stores stores = Stores.of(database);
      var status = stores.campaigns().status(args[1]);
      out.println("what,stage,things,at");
      out.println("begin,,," + status.createdAt());
      status
          .stages()
          .forEach(
              stage ->
                  out.printf(
                      "stage,%s,%d,%s%n",
                      stage.stage(), stage.total(), stage.startedAt().orElseThrow()));
      stores
          .reader()
          .list(
              UNITS,
              Map.of("id", args[1]),
              row -> "unit,%s,%d,%s".formatted(row.text(0), row.integer(1), row.moment(2)))
          .forEach(out::println);
      out.println("end,,," + status.finishedAt().orElseThrow());
    }
  }
}
