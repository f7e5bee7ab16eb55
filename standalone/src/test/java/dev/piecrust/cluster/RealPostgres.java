package dev.piecrust.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL server that can be killed, and started again with what it had written. */
final class RealPostgres implements AutoCloseable {
  static final String USER = "postgres";

  /** Found before the server's own, since "public" comes first in the search path. */
  private static final String TURNED_CLOCK =
      """
      create or replace function public.clock_timestamp() returns timestamptz language sql volatile
      as 'select pg_catalog.clock_timestamp() + (select ahead from public.turned_clock)'
      """;

  private final Path data;
  private EmbeddedPostgres server;
  private final int port;

  private RealPostgres(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
    this.port = server.getPort();
  }

  /** Starts it; the test is skipped on platforms for which no server is packaged. */
  static RealPostgres start(Path data) throws IOException {
    try {
      return new RealPostgres(data, launch(data, 0));
    } catch (IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      assumeTrue(!reason.contains("Missing embedded postgres binaries"), reason);
      throw e;
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
  }

  Database open() {
    return Stores.database(new DatabaseConfig(url(), USER, USER));
  }

  /** All of its processes die at once, as when the machine does; and it starts again. */
  void killAndStart() throws IOException {
    kill();
    startAgain();
  }

  /** All of its processes die at once; from then on connections are refused. */
  void kill() throws IOException {
    long main = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
    ProcessHandle postmaster = ProcessHandle.of(main).orElseThrow();
    var children = postmaster.children().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().join();
    children.forEach(child -> child.onExit().join());
    try {
      server.close(); // forgets the processes, which are gone
    } catch (IOException gone) {
      System.out.println("PostgreSQL is gone: " + gone.getMessage());
    }
  }

  /** Starts it with what it had written. */
  void startAgain() throws IOException {
    server = launch(data, port);
  }

  /**
   * Turns the clock that all see, to that far ahead of the real one, or behind where it is
   * negative. The first time it has to be called after the migration and before those who shall see
   * it.
   */
  void turnClock(Duration ahead) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), USER, USER);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("create table if not exists turned_clock (ahead interval)");
      statement.execute("delete from turned_clock");
      statement.execute(
          "insert into turned_clock values ('%d seconds')".formatted(ahead.toSeconds()));
      statement.execute(TURNED_CLOCK);
      connection.commit();
    }
  }

  /** On this port, or any where it is 0; what lies in the folder stays there. */
  private static EmbeddedPostgres launch(Path data, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        // As a server is by default: what it says is committed outlives it.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("search_path", "public,pg_catalog")
        .start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
