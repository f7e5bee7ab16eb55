package dev.piecrust.bench.web;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Inserts many rows into one table. */
public final class Bulk implements AutoCloseable {
  private static final int BATCH = 1000;
  private static final int TRANSACTION = 50_000;

  private final Connection connection;
  private final PreparedStatement statement;
  private int rows;

  /**
   * @param columns separated by commas
   */
  public Bulk(Connection connection, String table, String columns) throws SQLException {
    this.connection = connection;
    int n = columns.split(",", -1).length;
    String places = String.join(", ", Collections.nCopies(n, "?"));
    this.statement =
        connection.prepareStatement(
            "insert into %s (%s) values (%s)".formatted(table, columns, places));
  }

  /** Adds a row, with a value for each column. */
  public void add(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
    rows++;
    if (rows % BATCH == 0) {
      statement.executeBatch();
    }
    if (rows % TRANSACTION == 0) {
      connection.commit();
    }
  }

  @Override
  public void close() throws SQLException {
    statement.executeBatch();
    connection.commit();
    statement.close();
  }
}
