package dev.piecrust.store.database;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;
import org.jspecify.annotations.Nullable;

/** Turns what the database libraries throw into categories and sentences. */
final class DatabaseErrors {
  /** H2: the file is locked by another process. */
  private static final int H2_ALREADY_OPEN = 90020;

  /**
   * SQL states that begin like this mean that the connection, not the statement, failed: it broke,
   * or the server was shut down.
   */
  private static final String CONNECTION_STATES = "(08|57P).*";

  /** It is there, and knows neither such a user nor such a database. */
  private static final String REFUSALS = "(28|3D).*";

  /** The pool gave a broken connection up, and says so without a state. */
  private static final String CLOSED_BY_POOL = "Connection is closed";

  private DatabaseErrors() {}

  static PieCrustException whileOpening(DatabaseConfig config, RuntimeException e) {
    if (e instanceof PieCrustException deliberate) {
      return deliberate;
    }
    SQLException sql = sqlCause(e);
    if (sql != null && sql.getErrorCode() == H2_ALREADY_OPEN) {
      return new PieCrustException(
          FailureCategory.USER,
          "database %s is in use by another process, expected that one to be stopped, or another home"
              .formatted(place(config)),
          e);
    }
    if (sql != null && String.valueOf(sql.getSQLState()).matches(REFUSALS)) {
      return new PieCrustException(
          FailureCategory.USER,
          "database %s refuses that (%s), expected the name of a database, a user and a password that it knows"
              .formatted(place(config), firstLine(sql.getMessage())),
          e);
    }
    String reason = sql == null ? String.valueOf(e.getMessage()) : firstLine(sql.getMessage());
    return PieCrustException.external(
        "database %s could not be opened: %s".formatted(place(config), reason), e);
  }

  static RuntimeException whileRunning(RuntimeException e) {
    SQLException sql = sqlCause(e);
    boolean connection =
        e instanceof JDBCConnectionException
            || sql instanceof SQLTransientException
            || sql instanceof SQLNonTransientConnectionException
            || (sql != null && String.valueOf(sql.getSQLState()).matches(CONNECTION_STATES))
            || (sql != null && CLOSED_BY_POOL.equals(sql.getMessage()));
    return connection
        ? PieCrustException.external(
            "the database does not answer: "
                + firstLine(sql == null ? e.getMessage() : sql.getMessage()),
            e)
        : e;
  }

  /** Whether a row of the same key was inserted by someone else. */
  static boolean anotherWasFirst(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ConstraintViolationException violation
          && violation.getKind() == ConstraintViolationException.ConstraintKind.UNIQUE) {
        return true;
      }
    }
    return false;
  }

  private static String place(DatabaseConfig config) {
    int options = config.url().indexOf(';');
    return options < 0 ? config.url() : config.url().substring(0, options);
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("no reason given");
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
