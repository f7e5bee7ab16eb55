package dev.piecrust.store.database;

import jakarta.persistence.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the database for what people look at, in SQL that every supported database speaks. It reads
 * only; what it is asked should be answered by an index, and bounded.
 */
public final class SqlReader {
  private final Database database;

  /** Reads from this database. */
  public SqlReader(Database database) {
    this.database = database;
  }

  /**
   * All rows of a question.
   *
   * @param sql with parameters as {@code :name}, and two columns or more
   * @param parameters by name
   */
  public <T> List<T> list(String sql, Map<String, ?> parameters, Function<SqlRow, T> read) {
    return database.call(
        em -> {
          Query query = em.createNativeQuery(sql, Object[].class);
          parameters.forEach(query::setParameter);
          return ((List<?>) query.getResultList())
              .stream().map(row -> read.apply(new SqlRow((Object[]) row))).toList();
        });
  }

  /** The first row of a question, if it has any. */
  public <T> Optional<T> first(String sql, Map<String, ?> parameters, Function<SqlRow, T> read) {
    return list(sql, parameters, read).stream().findFirst();
  }
}
