package dev.piecrust.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log file of a service why it does not start, before there is a logger that writes to
 * it: whoever looks there later was not at the terminal.
 */
public final class EarlyLog {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyLog.class);

  /** As the application's own lines are. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  private EarlyLog() {}

  /** Adds a sentence; on a full disk the terminal alone has it. */
  public static void tell(Path log, String sentence) {
    String line =
        "%s ERROR [%s] (main) %s%n"
            .formatted(
                TIME.format(LocalDateTime.now(ZoneId.systemDefault())),
                EarlyLog.class.getSimpleName(),
                sentence);
    try {
      Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.debug("{} cannot be written", log, e);
    }
  }
}
