package dev.piecrust.bench.command;

import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Path;
import java.util.function.Function;

/** A database in a temporary folder, for as long as something is measured. */
final class TemporaryDatabase {
  private TemporaryDatabase() {}

  /** Does this with it, and deletes it. */
  static <T> T with(Path parent, Function<Stores, T> work) {
    return TemporaryFolder.with(
        parent,
        folder -> {
          try (Database database = Stores.database(DatabaseConfig.h2(folder.resolve("db")))) {
            return work.apply(Stores.of(database));
          }
        });
  }
}
