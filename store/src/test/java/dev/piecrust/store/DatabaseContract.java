package dev.piecrust.store;

import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What holds whichever engine has the rows; its tests share one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract {
  private final TestEngine engine;
  private @Nullable Database database;

  DatabaseContract(TestEngine engine) {
    this.engine = engine;
  }

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    database = Stores.database(engine.start(folder));
  }

  @AfterAll
  void close() throws IOException {
    if (database != null) {
      database.close();
    }
    engine.close();
  }

  final Database database() {
    if (database == null) {
      throw new IllegalStateException("the engine did not start");
    }
    return database;
  }
}
