package dev.piecrust.store.database;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2UpgradeTest extends UpgradeContract {
  @TempDir Path folder;

  @Override
  DatabaseConfig empty() {
    return DatabaseConfig.h2(folder.resolve("piecrust"));
  }
}
