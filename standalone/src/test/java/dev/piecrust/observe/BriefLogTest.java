package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BriefLogTest {
  private final AtomicLong now = new AtomicLong(1);
  private final BriefLog log = new BriefLog(now::get);

  @Test
  void saysInOneLineWhatFailedOnPurpose() {
    LogRecord mistake =
        record(new IllegalStateException("wrapped", PieCrustException.user("no model at %s", "x")));
    assertThat(log.passes(mistake)).isTrue();
    assertThat(mistake.getThrown()).isNull();
    assertThat(mistake.getMessage()).isEqualTo("Activity failure 7: no model at x");

    LogRecord remote = record(ApplicationFailure.newFailure("no answer", "EXTERNAL"));
    assertThat(log.passes(remote)).isTrue();
    assertThat(remote.getMessage()).isEqualTo("Activity failure 7: no answer");
    assertThat(remote.getThrown()).isNull();
  }

  @Test
  void leavesWhatNobodyForesawAsItIs() {
    for (Throwable thrown :
        new Throwable[] {
          new NullPointerException("broken"),
          new PieCrustException(FailureCategory.INTERNAL, "broken"),
          ApplicationFailure.newFailure("broken", "java.lang.NullPointerException")
        }) {
      LogRecord record = record(thrown);
      assertThat(log.passes(record)).isTrue();
      assertThat(record.getThrown()).isSameAs(thrown);
    }
    assertThat(log.passes(record(null))).isTrue();
  }

  @Test
  void writesSoManyOfAKindAMinuteAndCountsTheRest() {
    int written = 0;
    for (int i = 0; i < 1000; i++) {
      written += log.passes(record(PieCrustException.user("no model %d", i))) ? 1 : 0;
    }
    assertThat(written).isEqualTo(BriefLog.A_MINUTE);
    now.addAndGet(60_000_000_000L);
    LogRecord next = record(PieCrustException.user("no model"));
    assertThat(log.passes(next)).isTrue();
    assertThat(next.getMessage())
        .isEqualTo("Activity failure 7: no model (and 970 more like this before)");
  }

  private static LogRecord record(@Nullable Throwable thrown) {
    LogRecord record = new LogRecord(Level.WARNING, "Activity failure 7");
    record.setLoggerName("a.Logger");
    record.setThrown(thrown);
    return record;
  }
}
