package dev.piecrust.store;

import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2ViewTest extends ViewContract {
  private Path file;
  private Database database;

  @BeforeAll
  void open(@TempDir Path folder) {
    file = folder.resolve("home").resolve("piecrust");
    database = Stores.database(DatabaseConfig.h2(file));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }
}
