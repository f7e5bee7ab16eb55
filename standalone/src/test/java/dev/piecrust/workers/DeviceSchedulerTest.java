package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.metric.Meters;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.HostedSubject;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of two devices a load goes to, on a clock that the test turns. */
@Timeout(300)
final class DeviceSchedulerTest {
  private final AtomicLong now = new AtomicLong(1);
  private final Set<String> ended = new HashSet<>();
  private final Set<String> paused = new HashSet<>();
  private List<ProcessSign> elsewhere = List.of();
  private final AtomicInteger attempt = new AtomicInteger(1);
  private final List<Duration> rests = new ArrayList<>();
  private final DeviceScheduler fleet =
      new DeviceScheduler(() -> elsewhere, rests::add, attempt::get);
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

  @Test
  void everyIdleDeviceJoinsACampaignAndTellsEachWhoAsksOnce() {
    assertThat(host("gemma")).isEqualTo("first");
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(host("gemma")).as("idle").isEqualTo("second");
    goesBack(() -> host("gemma"), Duration.ofSeconds(1));
    assertThat(rests).containsExactly(Duration.ofSeconds(3));
    assertThat(fleet.hosted())
        .containsExactly(
            new HostedSubject("first", "queue-gemma"), new HostedSubject("second", "queue-gemma"));
    assertThat(List.of(host("gemma", "another task", 9), host("gemma", "another task", 9)))
        .as("hosts that this part of the plan does not know")
        .containsExactly("first", "second");
  }

  /** As many are made side by side as there are devices that could be hosts. */
  @Test
  void requestsThatComeTogetherFindADeviceEachAndNoMoreThanTheCampaignMayHave() {
    DeviceLock third = device("third");
    assertThat(host("gemma", "plan", 2)).isEqualTo("first");
    List<String> joined = new ArrayList<>();
    Consumer<String> another = // comes while the first of them is on its way
        campaign -> {
          if (joined.isEmpty()) {
            joined.add("begun");
            joined.add(host("gemma", "plan", 2));
          }
        };
    goesBack(
        () -> fleet.host(new HostRequest("gemma", "plan", 1), "queue-gemma", 2, another),
        Duration.ofSeconds(1));
    assertThat(joined).containsExactly("begun", "second");
    assertThat(third.distance("gemma")).as("idle").isEqualTo(1);
  }

  @Test
  void aSubjectGetsItsShareOfBusyDevicesAndTheOtherLeavesThemToIt() {
    host("gemma");
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    host("gemma");
    assertThat(host("llama")).as("its first host, though both are in use").isNotEmpty();
    assertThat(fleet.hosted())
        .as("gemma has another")
        .extracting(HostedSubject::queue)
        .containsExactlyInAnyOrder("queue-gemma", "queue-llama");
    String llama = deviceOf("queue-llama");
    assertThat(llama).isNotEqualTo(deviceOf("queue-gemma"));
    goesBack(() -> host("llama"), Duration.ofSeconds(1));
    goesBack(() -> host("gemma"), Duration.ofSeconds(1));
  }

  /** Fewer units were left than hosts: one of them has had no work for a while. */
  @Test
  void aSurplusHostIsForOthersBeyondTheirShare() {
    DeviceLock third = device("third");
    for (int hosts = 0; hosts < 3; hosts++) {
      host("gemma");
      now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    }
    DeviceLock.Place last = first.join("gemma");
    assertThat(List.of(host("llama"), host("llama"))).containsExactlyInAnyOrder("second", "third");
    assertThat(fleet.hosted())
        .containsExactlyInAnyOrder(
            new HostedSubject("first", "queue-gemma"),
            new HostedSubject("second", "queue-llama"),
            new HostedSubject("third", "queue-llama"));
    assertThat(third.distance("llama")).isNotZero();
    assertThat(last.take(() -> "done")).isEqualTo("done");
  }

  @Test
  void aPausedCampaignLeavesADeviceOnceWhatWasUnderWayHasEnded() {
    host("gemma");
    paused.add("gemma");
    assertThat(fleet.hosted()).as("a batch may be on its way").hasSize(1);
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    DeviceLock.Place last = first.join("gemma");
    assertThat(fleet.hosted()).as("in work").hasSize(1);
    assertThat(last.take(() -> "done")).isEqualTo("done");
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(fleet.hosted()).isEmpty();
    paused.clear();
    assertThat(host("gemma")).as("resumed").isEqualTo("first");
  }

  @Test
  void aCampaignHasNoMoreHostsThanItMay() {
    assertThat(host("gemma", "plan", 1)).isEqualTo("first");
    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    goesBack(() -> host("gemma", "plan", 1), Duration.ofSeconds(1));
  }

  @Test
  void countsTheHostsOfOtherProcessesAndEndsNoCampaignThatHasOne() {
    elsewhere = List.of(hosting("far", "queue-gemma"));
    PieCrustException small = new PieCrustException(FailureCategory.RESOURCES, "need 9 GiB");
    Consumer<String> refuses =
        campaign -> {
          throw Failures.toTemporal(small);
        };
    attempt.set(100);
    goesBack(
        () -> fleet.host(new HostRequest("gemma", "plan", 1), "queue-gemma", 9, refuses),
        Duration.ofSeconds(5));
    assertThat(rests).as("it will not be otherwise soon").containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void aFirstHostThatKeepsFailingEndsTheCampaignInTheEnd() {
    Consumer<String> fails =
        campaign -> {
          throw Failures.toTemporal(
              PieCrustException.external("the hub is away", new IOException("refused")));
        };
    for (int tries : new int[] {1, 15, 16}) {
      attempt.set(tries);
      assertThatExceptionOfType(ApplicationFailure.class)
          .isThrownBy(
              () -> fleet.host(new HostRequest("gemma", "plan", 0), "queue-gemma", 9, fails))
          .matches(e -> e.isNonRetryable() == (tries == 16))
          .matches(e -> e.getOriginalMessage().equals("the hub is away"));
    }
  }

  @Test
  void aDeviceLeavesTheSubjectsOfCampaignsThatHaveEnded() {
    host("gemma");
    ended.add("gemma");
    assertThat(fleet.hosted()).isEmpty();
  }

  /** Returns the device that answers. */
  private String host(String campaign) {
    return host(campaign, "plan of " + campaign, 9);
  }

  private String host(String campaign, String asker, int most) {
    return fleet
        .host(new HostRequest(campaign, asker, 0), "queue-" + campaign, most, id -> {})
        .device();
  }

  private String deviceOf(String queue) {
    return fleet.hosted().stream()
        .filter(hosted -> hosted.queue().equals(queue))
        .findFirst()
        .orElseThrow()
        .device();
  }

  private static ProcessSign hosting(String device, String queue) {
    OptionalLong unknown = OptionalLong.empty();
    return new ProcessSign(
        "gpu-2",
        "gpu",
        "box",
        8,
        "0.7",
        "gpu0",
        unknown,
        unknown,
        List.of(),
        List.of(new HostedSubject(device, queue)));
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
    fleet.add(
        name,
        campaign -> new GpuSession(name, "f", "cpu"),
        turn,
        new SubjectHosts(queue -> () -> {}, ended::contains, paused::contains));
    return turn;
  }
}
