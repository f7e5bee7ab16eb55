package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.external;

import dev.piecrust.store.Database;
import dev.piecrust.store.DatabaseConfig;
import dev.piecrust.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A database in a temporary folder, for as long as something is measured. */
final class TemporaryDatabase {
  private static final String NAME = "db";

  private TemporaryDatabase() {}

  /** Does this with it, and deletes it. */
  static <T> T with(Path parent, Function<Stores, T> work) {
    try {
      Files.createDirectories(parent);
      Path folder = Files.createTempDirectory(parent, "piecrust-bench");
      try (Database database = Database.open(DatabaseConfig.h2(folder.resolve(NAME)))) {
        return work.apply(Stores.of(database));
      } finally {
        Files.deleteIfExists(folder.resolve(NAME + ".mv.db"));
        Files.deleteIfExists(folder.resolve(NAME + ".trace.db"));
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw external("the temporary folder in %s cannot be used".formatted(parent), e);
    }
  }
}
