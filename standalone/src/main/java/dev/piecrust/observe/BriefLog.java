package dev.piecrust.observe;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import io.quarkus.runtime.StartupEvent;
import io.temporal.failure.ApplicationFailure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has the log say in one line what failed on purpose: where the program knows what went wrong, such
 * as a user's mistake or a server that is away, the place in the code tells nobody anything. Of one
 * logger it writes so many a minute and counts the rest.
 */
@Singleton
public class BriefLog {
  /** Enough to see that something goes on, and not so much that it pushes all else out. */
  static final int A_MINUTE = 30;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final LongSupplier nanos;
  private final Map<String, Minute> minutes = new HashMap<>();

  public BriefLog() {
    this(System::nanoTime);
  }

  BriefLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static final class Minute {
    private long from;
    private int lines;
    private int left;
  }

  void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    Filter filter = this::passes;
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      Filter before = handler.getFilter();
      handler.setFilter(
          before == null ? filter : one -> before.isLoggable(one) && filter.isLoggable(one));
    }
  }

  /** Shortens a record of a known failure; whether it is written. */
  boolean passes(LogRecord record) {
    Optional<String> sentence = known(record.getThrown());
    if (sentence.isEmpty()) {
      return true;
    }
    int left = left(String.valueOf(record.getLoggerName()));
    if (left < 0) {
      return false;
    }
    String more = left == 0 ? "" : " (and %d more like this before)".formatted(left);
    record.setMessage(record.getMessage() + ": " + sentence.get() + more);
    record.setThrown(null);
    return true;
  }

  /** How many of a kind were left out since one was written; -1 where this is left out, too. */
  private synchronized int left(String kind) {
    long now = nanos.getAsLong();
    Minute minute = minutes.computeIfAbsent(kind, one -> new Minute());
    if (minute.lines == 0 || now - minute.from >= MINUTE_NANOS) {
      minute.from = now;
      minute.lines = 0;
    }
    minute.lines++;
    if (minute.lines > A_MINUTE) {
      minute.left++;
      return -1;
    }
    int left = minute.left;
    minute.left = 0;
    return left;
  }

  /** What a failure says that the program has made on purpose. */
  private static Optional<String> known(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof PieCrustException known && foreseen(known.category())) {
        return Optional.of(String.valueOf(known.getMessage()));
      }
      if (cause instanceof ApplicationFailure known && foreseen(known.getType())) {
        return Optional.of(known.getOriginalMessage());
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static boolean foreseen(String type) {
    return Arrays.stream(FailureCategory.values())
        .anyMatch(category -> category.name().equals(type) && foreseen(category));
  }

  private static boolean foreseen(FailureCategory category) {
    return category != FailureCategory.INTERNAL && category != FailureCategory.NUMERIC;
  }
}
