package dev.piecrust.store.database;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One row of an answer of {@link SqlReader}; columns count from 0, and the types of numbers are the
 * reader's choice.
 */
public final class SqlRow {
  private final @Nullable Object[] values;

  SqlRow(@Nullable Object[] values) {
    this.values = values;
  }

  /** Any value as text; the column must not be null. */
  public String text(int column) {
    return Objects.requireNonNull(values[column]).toString();
  }

  /** Any value as text; empty where it is null. */
  public Optional<String> optionalText(int column) {
    return Optional.ofNullable(values[column]).map(Object::toString);
  }

  /** A whole number; 0 where there is none, as the sum of nothing is. */
  public long number(int column) {
    Object value = values[column];
    return value == null ? 0 : ((Number) value).longValue();
  }

  /** A whole number that must fit into 32 bits; 0 where there is none. */
  public int integer(int column) {
    return Math.toIntExact(number(column));
  }

  /** A number with its fraction; empty where it is null, as the mean of nothing is. */
  public OptionalDouble real(int column) {
    Object value = values[column];
    return value == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(((Number) value).doubleValue());
  }

  /** An amount of money; zero where there is none. */
  public BigDecimal amount(int column) {
    return optionalAmount(column).orElse(BigDecimal.ZERO);
  }

  /** An amount of money, exact where the database is; empty where it is null. */
  public Optional<BigDecimal> optionalAmount(int column) {
    return Optional.ofNullable(values[column])
        .map(value -> value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString()));
  }

  /** A moment, whichever way the database has it; the column must not be null. */
  public Instant moment(int column) {
    Object value = Objects.requireNonNull(values[column]);
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof Timestamp stamp) {
      return stamp.toInstant();
    }
    throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " is no time");
  }
}
