package dev.piecrust.store.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL; tests are skipped on platforms for which no server is packaged. */
public final class PostgresEngine implements TestEngine {
  private @Nullable EmbeddedPostgres server;

  @Override
  public DatabaseConfig start(Path folder) throws IOException {
    try {
      server = EmbeddedPostgres.builder().start();
    } catch (IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      assumeTrue(!reason.contains("Missing embedded postgres binaries"), reason);
      throw e;
    }
    String url = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
    return new DatabaseConfig(url, "postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
