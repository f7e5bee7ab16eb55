package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.piecrust.activity.GpuSession;
import dev.piecrust.metric.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of two devices a load goes to, on a clock that the test turns. */
@Timeout(60)
final class FleetTest {
  private final AtomicLong now = new AtomicLong(1);
  private final AtomicBoolean idleElsewhere = new AtomicBoolean();
  private final AtomicInteger attempt = new AtomicInteger(1);
  private final Fleet fleet = new Fleet(idleElsewhere::get, attempt::get);
  private final Turn first = device("first");
  private final Turn second = device("second");

  @Test
  void takesTheFreeOneAndTheOneThatHasTheSubjectAmongTheFree() {
    assertThat(fleet.load("gemma").queue()).isEqualTo("first");
    assertThat(fleet.load("gemma").queue()).as("a batch may be on its way").isEqualTo("second");
    assertThat(fleet.load("llama").queue()).as("both in use").isEqualTo("first");
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(fleet.load("gemma").queue()).as("it has it loaded").isEqualTo("second");
  }

  @Test
  void offersALoadToAnIdleDeviceElsewhereAFewTimesWhereAllOfItsOwnAreInUse() {
    idleElsewhere.set(true);
    assertThat(fleet.load("gemma").queue()).as("free").isEqualTo("first");
    assertThat(fleet.load("llama").queue()).as("free").isEqualTo("second");
    for (int tries = 1; tries <= 4; tries++) {
      attempt.set(tries);
      assertThatExceptionOfType(ApplicationFailure.class)
          .isThrownBy(() -> fleet.load("gemma"))
          .satisfies(
              failure -> {
                assertThat(failure.isNonRetryable()).isFalse();
                assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(1));
              });
    }
    attempt.set(5);
    assertThat(fleet.load("gemma").queue()).as("it has it loaded").isEqualTo("first");
    attempt.set(1);
    idleElsewhere.set(false);
    assertThat(fleet.load("llama").queue()).isEqualTo("second");
  }

  @Test
  void countsThoseThatWait() {
    Turn.Place working = first.join("gemma");
    Turn.Place waiting = first.join("gemma");
    Turn.Place elsewhere = second.join("llama");
    assertThat(first.distance("llama")).isGreaterThan(second.distance("llama"));
    for (Turn.Place place : new Turn.Place[] {working, waiting, elsewhere}) {
      assertThat(place.take(() -> "done")).isEqualTo("done");
    }
  }

  private Turn device(String name) {
    Turn turn =
        new Turn(
            campaign -> campaign,
            () -> now.addAndGet(TimeUnit.SECONDS.toNanos(1)), // whoever waits turns the clock
            Meters.DEVICE_WAIT.timer(new SimpleMeterRegistry()),
            new DeviceQueue(now::get));
    fleet.add(campaign -> new GpuSession(name, "f", "cpu"), turn);
    return turn;
  }
}
