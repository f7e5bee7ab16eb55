package dev.piecrust.store.database;

import java.util.Map;
import java.util.Map.Entry;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Keeps the database libraries to warnings, unless the user asked for more or less. Two remarks are
 * left out altogether: statements that fail, because they are thrown too (and a row that another
 * process inserted first is no fault), and Flyway's that it does not know this version of H2, which
 * our tests do.
 */
final class QuietLogs {
  private static final Map<String, Level> LEVELS =
      Map.of(
          "org.hibernate", Level.WARNING,
          "org.hibernate.orm.jdbc.error", Level.OFF,
          "org.flywaydb", Level.WARNING,
          "org.flywaydb.core.internal.database.base.Database", Level.SEVERE,
          "com.zaxxer.hikari", Level.WARNING);

  /** Held, because the logging system itself forgets loggers that nobody holds. */
  private final Map<Logger, Level> quietened;

  QuietLogs() {
    quietened =
        LEVELS.entrySet().stream()
            .map(entry -> Map.entry(Logger.getLogger(entry.getKey()), entry.getValue()))
            .filter(entry -> entry.getKey().getLevel() == null)
            .collect(Collectors.toMap(Entry::getKey, Entry::getValue));
    quietened.forEach(Logger::setLevel);
  }

  /** Gives the libraries their voice back. */
  void release() {
    quietened.keySet().forEach(logger -> logger.setLevel(null));
  }
}
