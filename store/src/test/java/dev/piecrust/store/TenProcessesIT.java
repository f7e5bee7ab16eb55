package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten processes open one empty PostgreSQL at the same moment. */
class TenProcessesIT {
  private static final int PROCESSES = 10;
  private static final String READY = "ready";
  private static final String OPENED = "opened, 0 campaigns";

  @Test
  void migrateItOnceAndAllGoOn() throws Exception {
    try (EmbeddedPostgres server = server()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      List<Opener> openers = new ArrayList<>();
      try {
        for (int i = 0; i < PROCESSES; i++) {
          openers.add(Opener.start(url));
        }
        for (Opener opener : openers) {
          assertThat(opener.line()).isEqualTo(READY);
        }
        for (Opener opener : openers) {
          opener.go();
        }
        for (Opener opener : openers) {
          assertThat(opener.line()).isEqualTo(OPENED);
        }
      } finally {
        openers.forEach(opener -> opener.process().destroyForcibly());
      }
      assertThat(rows(server, "select version, success from flyway_schema_history order by 1"))
          .hasSizeGreaterThanOrEqualTo(4)
          .doesNotHaveDuplicates()
          .allMatch(row -> row.endsWith(" t"));
    }
  }

  private static EmbeddedPostgres server() throws IOException {
    try {
      return EmbeddedPostgres.start();
    } catch (IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      assumeTrue(!reason.contains("Missing embedded postgres binaries"), reason);
      throw e;
    }
  }

  private static Collection<String> rows(EmbeddedPostgres server, String query)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      while (results.next()) {
        rows.add(results.getString(1) + " " + results.getString(2));
      }
    }
    return rows;
  }

  /** A process that waits for a word before it opens the database. */
  private record Opener(Process process, BufferedReader lines) {
    static Opener start(String url) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  url)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Opener(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    String line() throws IOException {
      return String.valueOf(lines.readLine());
    }

    void go() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }
  }

  /** What such a process does. */
  public static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      // What takes long to load is loaded before all of them start.
      Class.forName("org.flywaydb.core.Flyway");
      Class.forName("org.postgresql.Driver");
      System.out.println(READY);
      if (System.in.read() < 0) {
        return;
      }
      DatabaseConfig config = new DatabaseConfig(arguments[0], "postgres", "postgres");
      try (Database database = Stores.database(config)) {
        System.out.printf("opened, %d campaigns%n", new CampaignStore(database).list().size());
      }
    }
  }
}
