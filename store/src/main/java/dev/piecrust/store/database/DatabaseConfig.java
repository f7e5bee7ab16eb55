package dev.piecrust.store.database;

import java.nio.file.Path;

/**
 * Where the relational data live.
 *
 * @param url a JDBC address, of H2 or PostgreSQL
 * @param user name to log in with
 * @param password of that user; may be empty
 */
public record DatabaseConfig(String url, String user, String password) {
  /**
   * An H2 database in a file (H2 adds {@code .mv.db}), owned by one process at a time. What is
   * committed is on the disk: a killed process loses nothing.
   */
  public static DatabaseConfig h2(Path file) {
    String url =
        "jdbc:h2:file:"
            + file.toAbsolutePath()
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    return new DatabaseConfig(url, "piecrust", "");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseConfig[url=%s, user=%s]".formatted(url, user);
  }
}
