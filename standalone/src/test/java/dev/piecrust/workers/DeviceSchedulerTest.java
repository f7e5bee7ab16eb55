package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.GpuSession;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.metric.Meters;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of two devices a load goes to, on a clock that the test turns. */
@Timeout(60)
final class DeviceSchedulerTest {
  private final AtomicLong now = new AtomicLong(1);
  private List<ProcessSign> elsewhere = List.of();
  private final AtomicInteger attempt = new AtomicInteger(1);
  private final DeviceScheduler fleet = new DeviceScheduler(() -> elsewhere, attempt::get);
  private final DeviceLock first = device("first");
  private final DeviceLock second = device("second");

  @Test
  void takesTheFreeOneAndTheOneThatHasTheSubjectAmongTheFree() {
    assertThat(load("gemma").queue()).isEqualTo("first");
    assertThat(load("gemma").queue()).as("a batch may be on its way").isEqualTo("second");
    assertThat(load("llama").queue()).as("both in use").isEqualTo("first");
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(load("gemma").queue()).as("it has it loaded").isEqualTo("second");
  }

  @Test
  void offersALoadToAnIdleDeviceElsewhereAFewTimesWhereAllOfItsOwnAreInUse() {
    elsewhere = List.of(process(), process(new RunningWork("c", "score", "ioi/0", 5, "")));
    assertThat(load("gemma").queue()).as("free").isEqualTo("first");
    assertThat(load("llama").queue()).as("free").isEqualTo("second");
    for (int tries = 1; tries <= 4; tries++) {
      attempt.set(tries);
      goesBack(() -> load("gemma"), Duration.ofSeconds(1));
    }
    attempt.set(5);
    assertThat(load("gemma").queue()).as("it has it loaded").isEqualTo("first");
    attempt.set(1);
    elsewhere = List.of(process(new RunningWork("c", "score", "ioi/0", 5, "")));
    assertThat(load("llama").queue()).isEqualTo("second");
  }

  @Test
  void offersALoadForWhichThereIsNoRoomToOthersUntilTheLastTryButOne() {
    PieCrustException small = new PieCrustException(FailureCategory.RESOURCES, "need 9 GiB");
    Consumer<String> refuses =
        campaign -> {
          throw Failures.toTemporal(small);
        };
    assertThatThrownBy(() -> fleet.load("gemma", refuses)).as("alone").hasRootCause(small);
    elsewhere = List.of(process(new RunningWork("c", "score", "ioi/0", 5, "")));
    for (int tries = 1; tries <= 7; tries++) {
      attempt.set(tries);
      goesBack(() -> fleet.load("gemma", refuses), Duration.ofSeconds(5));
    }
    attempt.set(8);
    assertThatExceptionOfType(ApplicationFailure.class)
        .isThrownBy(() -> fleet.load("gemma", refuses))
        .matches(failure -> failure.getType().equals(FailureCategory.RESOURCES.name()))
        .havingRootCause()
        .isSameAs(small);
  }

  private GpuSession load(String campaign) {
    return fleet.load(campaign, id -> {});
  }

  private static void goesBack(ThrowingCallable load, Duration after) {
    assertThatExceptionOfType(ApplicationFailure.class)
        .isThrownBy(load)
        .satisfies(
            failure -> {
              assertThat(failure.getType()).isEqualTo("BETTER_ELSEWHERE");
              assertThat(failure.isNonRetryable()).isFalse();
              assertThat(failure.getNextRetryDelay()).isEqualTo(after);
            });
  }

  private static ProcessSign process(RunningWork... running) {
    OptionalLong unknown = OptionalLong.empty();
    return new ProcessSign(
        "gpu-1", "gpu", "box", 7, "0.6", "gpu0", unknown, unknown, List.of(running));
  }

  @Test
  void countsThoseThatWait() {
    DeviceLock.Place working = first.join("gemma");
    DeviceLock.Place waiting = first.join("gemma");
    DeviceLock.Place elsewhere = second.join("llama");
    assertThat(first.distance("llama")).isGreaterThan(second.distance("llama"));
    for (DeviceLock.Place place : new DeviceLock.Place[] {working, waiting, elsewhere}) {
      assertThat(place.take(() -> "done")).isEqualTo("done");
    }
  }

  private DeviceLock device(String name) {
    DeviceLock turn =
        new DeviceLock(
            campaign -> campaign,
            () -> now.addAndGet(TimeUnit.SECONDS.toNanos(1)), // whoever waits turns the clock
            Meters.DEVICE_WAIT.timer(new SimpleMeterRegistry()),
            new DeviceQueue(now::get));
    fleet.add(name, campaign -> new GpuSession(name, "f", "cpu"), turn, new SubjectHosts(queue -> () -> {}, campaign -> false));
    return turn;
  }
}
