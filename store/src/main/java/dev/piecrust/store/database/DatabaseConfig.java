package dev.piecrust.store.database;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the relational data live.
 *
 * @param url a JDBC address, of H2 or PostgreSQL
 * @param user name to log in with
 * @param password of that user; may be empty
 */
public record DatabaseConfig(String url, String user, String password) {
  /** Name of the environment variable with the user of a shared database. */
  public static final String USER_VARIABLE = "PIECRUST_DATABASE_USER";

  /** Name of the environment variable with that user's password. */
  public static final String PASSWORD_VARIABLE = "PIECRUST_DATABASE_PASSWORD";

  /** The user where the environment names none. */
  public static final String DEFAULT_USER = "piecrust";

  /** The database at this address, with the user and the password of the environment. */
  public static DatabaseConfig of(String url, Map<String, String> environment) {
    return new DatabaseConfig(
        url,
        environment.getOrDefault(USER_VARIABLE, DEFAULT_USER),
        environment.getOrDefault(PASSWORD_VARIABLE, ""));
  }

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
    return new DatabaseConfig(url, DEFAULT_USER, "");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseConfig[url=%s, user=%s]".formatted(url, user);
  }
}
