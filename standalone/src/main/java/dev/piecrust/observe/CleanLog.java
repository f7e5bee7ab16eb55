package dev.piecrust.observe;

import dev.piecrust.text.CleanText;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;

/**
 * Has every handler of the log (console and file, text and JSON) write what others say without
 * hidden characters, and without lines that look like the log's own.
 */
@Singleton
public class CleanLog {
  void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    for (Handler handler : LogContext.getLogContext().getLogger("").getHandlers()) {
      clean(handler);
    }
  }

  private static void clean(Handler handler) {
    Formatter formatter = handler.getFormatter();
    if (formatter instanceof ExtFormatter ext && !(ext instanceof Clean)) {
      handler.setFormatter(new Clean(ext));
    }
    if (handler instanceof ExtHandler several) {
      for (Handler one : several.getHandlers()) {
        clean(one);
      }
    }
  }

  /** Formats as another does, and cleans what comes of it. */
  static final class Clean extends ExtFormatter {
    private final ExtFormatter formatter;

    Clean(ExtFormatter formatter) {
      this.formatter = formatter;
    }

    @Override
    public String format(ExtLogRecord record) {
      return entry(formatter.format(isUsual(record) ? withoutTrace(record) : record));
    }

    /**
     * Whether Temporal only says that a plan ended before a host could tell it something, or that
     * something came while it decided, so that it decides again: no fault, so no stack trace.
     */
    private static boolean isUsual(ExtLogRecord record) {
      return String.valueOf(record.getLoggerName()).startsWith("io.temporal.internal.worker.")
          && Stream.iterate(record.getThrown(), Objects::nonNull, Throwable::getCause)
              .limit(3)
              .filter(StatusRuntimeException.class::isInstance)
              .map(refused -> ((StatusRuntimeException) refused).getStatus())
              .anyMatch(
                  status ->
                      status.getCode() == Status.Code.NOT_FOUND
                          || "UnhandledCommand".equals(status.getDescription()));
    }

    private static ExtLogRecord withoutTrace(ExtLogRecord record) {
      ExtLogRecord bare = new ExtLogRecord(record);
      bare.setThrown(null);
      return bare;
    }

    /** One entry of the log: only its first line begins where lines begin. */
    static String entry(String formatted) {
      String clean = CleanText.shown(formatted.replace("\r\n", "\n")).stripTrailing();
      return clean.replaceAll("\n(?=\\S)(?!Caused by: )", "\n\t") + '\n';
    }

    @Override
    public String getHead(Handler handler) {
      return formatter.getHead(handler);
    }

    @Override
    public String getTail(Handler handler) {
      return formatter.getTail(handler);
    }

    @Override
    public boolean isCallerCalculationRequired() {
      return formatter.isCallerCalculationRequired();
    }
  }
}
