package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class CleanLogTest {
  private static final String PLANTED = "a\u001b[2J\u202eb\n2026-11-28 12:00:00 INFO forged";

  @Test
  void marksHiddenCharactersAndIndentsForgedLines() {
    ExtLogRecord record = new ExtLogRecord(Level.INFO, "loads " + PLANTED, "log");
    record.setThrown(new IllegalStateException(PLANTED, new IllegalArgumentException(PLANTED)));
    String text = new CleanLog.Clean(new PatternFormatter("%d %s%e%n")).format(record);
    assertThat(text).contains("loads a\ufffd[2J\ufffdb\n\t2026", "Caused by: ").endsWith("\n");
    assertThat(text).doesNotContain("\u001b", "\u202e").doesNotEndWith("\n\n");
    assertThat(text.lines().skip(1)).allMatch(line -> line.matches("(\t|Caused by: ).*"));
  }

  @Test
  void saysInALineWhatTemporalSaysWherePlansEnd() {
    String worker = "io.temporal.internal.worker.WorkflowWorker";
    assertThat(lines(worker, Status.INVALID_ARGUMENT.withDescription("UnhandledCommand")))
        .isEqualTo(1);
    assertThat(lines(worker, Status.NOT_FOUND.withDescription("Completed workflow"))).isEqualTo(1);
    assertThat(lines(worker, Status.INVALID_ARGUMENT.withDescription("BadCommand")))
        .isGreaterThan(1);
    assertThat(lines("dev.piecrust.gpu.GpuWorker", Status.NOT_FOUND)).isGreaterThan(1);
  }

  private static long lines(String logger, Status status) {
    ExtLogRecord record = new ExtLogRecord(Level.WARN, "Failure while reporting", logger);
    record.setLoggerName(logger);
    record.setThrown(new IllegalStateException(status.asRuntimeException()));
    return new CleanLog.Clean(new PatternFormatter("%d %s%e%n")).format(record).lines().count();
  }

  @Test
  void leavesJsonOnOneLine() {
    ExtLogRecord record = new ExtLogRecord(Level.INFO, PLANTED, "log");
    String json = new CleanLog.Clean(new JsonFormatter()).format(record);
    assertThat(json.lines()).hasSize(1);
    assertThat(json).contains("forged").doesNotContain("\u202e");
  }
}
