package dev.piecrust.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The stores on a real PostgreSQL; skipped on platforms for which no server is packaged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreIT extends StoreContract {
  private @Nullable EmbeddedPostgres server;
  private @Nullable Database database;

  @BeforeAll
  void start() throws IOException {
    try {
      server = EmbeddedPostgres.builder().start();
    } catch (IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      assumeTrue(!reason.contains("Missing embedded postgres binaries"), reason);
      throw e;
    }
    String url = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
    database = Stores.database(new DatabaseConfig(url, "postgres", "postgres"));
  }

  @AfterAll
  void stop() throws IOException {
    if (database != null) {
      database.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  Database database() {
    if (database == null) {
      throw new IllegalStateException("the server did not start");
    }
    return database;
  }
}
