package dev.piecrust.store.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** On a real PostgreSQL; skipped on platforms for which no server is packaged. */
class PostgresUpgradeIT extends UpgradeContract {
  private @Nullable EmbeddedPostgres server;

  @BeforeEach
  void start() throws IOException {
    try {
      server = EmbeddedPostgres.builder().start();
    } catch (IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      assumeTrue(!reason.contains("Missing embedded postgres binaries"), reason);
      throw e;
    }
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  DatabaseConfig empty() {
    if (server == null) {
      throw new IllegalStateException("the server did not start");
    }
    String url = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
    return new DatabaseConfig(url, "postgres", "postgres");
  }
}
