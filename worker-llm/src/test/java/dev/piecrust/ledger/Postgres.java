package dev.piecrust.ledger;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real server, whose rows can be looked at directly. */
final class Postgres implements AutoCloseable {
  private final EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Skips the test on platforms for which no server is packaged. */
  static Postgres start() throws IOException {
    try {
      return new Postgres(EmbeddedPostgres.builder().start());
    } catch (IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      assumeTrue(!reason.contains("Missing embedded postgres binaries"), reason);
      throw e;
    }
  }

  String url() {
    return "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
  }

  Database open() {
    return Stores.database(new DatabaseConfig(url(), "postgres", "postgres"));
  }

  /** The one number that a query returns. */
  BigDecimal number(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      BigDecimal number = rows.getBigDecimal(1);
      return number == null ? BigDecimal.ZERO : number;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
