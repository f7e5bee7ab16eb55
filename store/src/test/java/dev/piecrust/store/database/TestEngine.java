package dev.piecrust.store.database;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A database engine that tests run on. */
public interface TestEngine extends Closeable {
  /** H2 in a file. */
  TestEngine H2 = folder -> DatabaseConfig.h2(folder.resolve("home").resolve("piecrust"));

  /**
   * Starts it.
   *
   * @param folder where it may write
   * @return an empty database
   */
  DatabaseConfig start(Path folder) throws IOException;

  @Override
  default void close() throws IOException {}
}
