package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Campaigns whose work is on the queue of their subject, from which several devices take. */
@Timeout(300)
final class HostsTest {
  private static final String QUEUE = TaskQueues.subject("0123456789abcdef");

  private final PieCrustException fault = PieCrustException.numeric("a NaN in layer 3");
  private final FakeControl control = new FakeControl(plan("ioi"));

  @Test
  void oneHostDoesAllAndAnswersOnce() {
    FakeGpu gpu = new FakeGpu("own", 25, 10, call -> call);
    try (TestBench bench = bench(control, gpu)) {
      bench.run();
    }
    assertThat(gpu.calls)
        .containsExactlyInAnyOrder(
            "host",
            "prepare ioi",
            "prune ioi/000000-000010",
            "prune ioi/000010-000020",
            "prune ioi/000020-000025",
            "circuits ioi/000000-000025",
            "held-out ioi/000000-000010",
            "held-out ioi/000010-000020",
            "held-out ioi/000020-000025");
    assertThat(gpu.calls.indexOf("circuits ioi/000000-000025"))
        .as("after every batch, before what needs them")
        .isEqualTo(5);
    assertThat(control.states).containsExactly("running", "finished");
  }

  /** The second batch is never done unless a second device works on it beside the first. */
  @Test
  void batchesAreInWorkOnTwoDevicesAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    UnaryOperator<String> meets =
        call -> {
          if (call.startsWith("prune ")) {
            both.countDown();
            await(both);
          }
          return call;
        };
    FakeGpu first = new FakeGpu("own-1", 40, 10, meets);
    FakeGpu second = new FakeGpu("own-2", 40, 10, meets);
    try (TestBench bench = bench(control, first, second)) {
      bench.run();
    }
    List<String> all = new ArrayList<>(first.calls);
    all.addAll(second.calls);
    assertThat(all)
        .filteredOn(call -> call.startsWith("prune "))
        .hasSize(4)
        .doesNotHaveDuplicates();
    assertThat(control.states).containsExactly("running", "finished");
  }

  @Test
  void tasksAreInWorkSideBySide() {
    CountDownLatch both = new CountDownLatch(2);
    UnaryOperator<String> meets =
        call -> {
          if (call.endsWith("/000000-000010") && call.startsWith("prune ")) {
            both.countDown();
            await(both);
          }
          return call;
        };
    FakeControl twoTasks = new FakeControl(plan("ioi", "mine"));
    try (TestBench bench =
        bench(twoTasks, new FakeGpu("own-1", 10, 10, meets), new FakeGpu("own-2", 10, 10, meets))) {
      bench.run();
    }
    assertThat(twoTasks.states).containsExactly("running", "finished");
    assertThat(twoTasks.stages).contains("fidelity ioi: 10", "fidelity mine: 10");
  }

  /** No batch ends unless all devices work on one at the same time. */
  @Test
  void asManyDevicesJoinAsTheWorkLeftCanUse() {
    int devices = 6;
    CountDownLatch all = new CountDownLatch(devices);
    UnaryOperator<String> meets =
        call -> {
          if (call.startsWith("prune ")) {
            all.countDown();
            await(all);
          }
          return call;
        };
    FakeGpu[] gpus =
        IntStream.range(0, devices)
            .mapToObj(i -> new FakeGpu("own-" + i, 10 * devices, 10, meets))
            .toArray(FakeGpu[]::new);
    try (TestBench bench = bench(control, gpus)) {
      bench.run();
      assertThat(requests(bench))
          .as("one for each batch, then for each that is left")
          .isBetween(6L, 12L);
    }
    assertThat(control.states).containsExactly("running", "finished");
  }

  @Test
  void noMoreDevicesAreAskedForThanTheCampaignMayHaveButOne() {
    FakeGpu gpu = new FakeGpu("own", 60, 10, call -> call);
    gpu.mostHosts = 1;
    try (TestBench bench = bench(control, gpu)) {
      bench.run();
      assertThat(requests(bench)).isEqualTo(2);
    }
  }

  /** Two devices host the subject, as where both took a request at the same moment. */
  @Test
  void noMoreDevicesWorkAtOnceThanTheCampaignMayHaveWhoeverHosts() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    UnaryOperator<String> counts =
        call -> {
          if (!call.equals("host")) {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            pause(20);
            atOnce.decrementAndGet();
          }
          return call;
        };
    FakeControl capped = new FakeControl(plan("ioi", "mine").onAtMost(1));
    FakeGpu first = new FakeGpu("own-1", 40, 10, counts);
    FakeGpu second = new FakeGpu("own-2", 40, 10, counts);
    first.mostHosts = 1;
    second.mostHosts = 1;
    try (TestBench bench = bench(capped, first, second)) {
      bench.run();
    }
    assertThat(most).hasValue(1);
    assertThat(capped.states).containsExactly("running", "finished");
  }

  /** The second device comes while the campaign is paused. */
  @Test
  void aPausedCampaignAsksForNoHostsUntilItIsResumed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch joined = new CountDownLatch(1);
    UnaryOperator<String> waits =
        call -> {
          if (call.startsWith("prune ")) {
            begun.countDown();
            await(mayEnd);
            await(joined);
          }
          return call;
        };
    UnaryOperator<String> joins =
        call -> {
          if (call.equals("host")) {
            joined.countDown();
          }
          return call;
        };
    FakeGpu first = new FakeGpu("own-1", 60, 10, waits);
    FakeGpu second = new FakeGpu("own-2", 60, 10, joins);
    try (TestBench bench = bench(control, first)) {
      CampaignWorkflow campaign = bench.start();
      await(begun);
      campaign.pause("ada");
      while (cancelled(bench) == 0) {
        pause(50);
      }
      bench.host(QUEUE, second);
      pause(2500);
      assertThat(second.calls).doesNotContain("host");
      mayEnd.countDown();
      campaign.resume("ada");
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
    }
    assertThat(second.calls).contains("host");
    assertThat(control.states)
        .containsExactly("running", "paused: paused by ada", "running: resumed by ada", "finished");
  }

  private static long cancelled(TestBench bench) {
    return bench.history(TestBench.CAMPAIGN + "/prune/ioi").getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED)
        .count();
  }

  private static long requests(TestBench bench) {
    return bench.history(TestBench.CAMPAIGN + "/prune/ioi").getEvents().stream()
        .filter(
            event ->
                event
                    .getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .equals("HostSubject"))
        .count();
  }

  @Test
  void theCorpusIsScannedOnTwoDevicesAtTheSameTimeAndEvidenceDrawnAfterAllOfIt() {
    CountDownLatch both = new CountDownLatch(2);
    List<String> order = new CopyOnWriteArrayList<>();
    UnaryOperator<String> meets =
        call -> {
          if (call.startsWith("scan ")) {
            both.countDown();
            await(both);
          }
          if (call.startsWith("scan ") || call.startsWith("draw ") || call.equals("evidence")) {
            order.add(call);
          }
          return call;
        };
    FakeControl features =
        new FakeControl(
            new CampaignPlan(List.of(), 0.5, new PrunePhases(true, true), true, false, 1, false)
                .on(QUEUE),
            1);
    FakeGpu first = new FakeGpu("own-1", 0, 1, meets);
    FakeGpu second = new FakeGpu("own-2", 0, 1, meets);
    first.windows = 5;
    second.windows = 5;
    first.features = 3;
    second.features = 3;
    try (TestBench bench = bench(features, first, second)) {
      bench.llm(FakeLlm.willing(false));
      bench.run();
    }
    assertThat(order).hasSize(5 + 3 + 1).doesNotHaveDuplicates().endsWith("evidence");
    assertThat(order.subList(5, 8)).allMatch(call -> call.startsWith("draw features/"));
    assertThat(features.states).containsExactly("running", "finished");
  }

  /** No answer ends unless another is measured at the same time. */
  @Test
  void questionsOfCircuitSwapAreAnsweredSideBySideOneAfterTheOtherBeforeCircuitsAreChosen() {
    CountDownLatch both = new CountDownLatch(2);
    List<String> order = new CopyOnWriteArrayList<>();
    UnaryOperator<String> meets =
        call -> {
          if (call.startsWith("measure ")) {
            both.countDown();
            await(both);
          }
          if (call.startsWith("measure ") || call.contains("circuits ")) {
            order.add(call);
          }
          return call;
        };
    FakeControl swaps =
        new FakeControl(
            new CampaignPlan(List.of("ioi"), 0.5, new PrunePhases(false, true, true)).on(QUEUE));
    FakeGpu first = new FakeGpu("own-1", 30, 10, meets);
    FakeGpu second = new FakeGpu("own-2", 30, 10, meets);
    first.rounds.set(2);
    second.rounds = first.rounds;
    try (TestBench bench = bench(swaps, first, second)) {
      bench.run();
    }
    assertThat(order).hasSize(3 + 2 * 3 + 1).doesNotHaveDuplicates();
    assertThat(order.get(0)).isEqualTo("ask circuits ioi 2");
    assertThat(order.subList(1, 4)).allMatch(call -> call.endsWith(" 2"));
    assertThat(order.get(4)).isEqualTo("ask circuits ioi 1");
    assertThat(order.subList(5, 8)).allMatch(call -> call.endsWith(" 1"));
    assertThat(order.subList(8, 10))
        .containsExactly("ask circuits ioi 0", "circuits ioi/000000-000030");
    assertThat(swaps.states).containsExactly("running", "finished");
  }

  @Test
  void anAnswerThatCannotBeMeasuredParksTheCircuits() {
    FakeControl swaps =
        new FakeControl(
            new CampaignPlan(List.of("ioi"), 0.5, new PrunePhases(false, true, true)).on(QUEUE));
    FakeGpu gpu = new FakeGpu("own", 20, 10, FakeGpu.failingAt("measure ioi/000010", fault));
    gpu.rounds.set(1);
    try (TestBench bench = bench(swaps, gpu)) {
      bench.run();
    }
    assertThat(swaps.parkedLines())
        .contains("circuits ioi|ioi/000000-000020|a NaN in layer 3")
        .anyMatch(line -> line.startsWith("held-out ioi|"));
    assertThat(swaps.states).containsExactly("running", "finished with failures");
  }

  @Test
  void aFailureParksItsStageAndWhatNeedsIt() {
    UnaryOperator<String> fails =
        call -> {
          if (call.equals("prune ioi/000010-000020")) {
            throw Failures.toTemporal(fault, "rerank ioi");
          }
          return call;
        };
    FakeGpu gpu = new FakeGpu("own", 20, 10, fails);
    try (TestBench bench = bench(control, gpu)) {
      bench.run();
    }
    assertThat(control.parkedLines())
        .containsExactly(
            "rerank ioi|ioi/000010-000020|a NaN in layer 3",
            "fidelity ioi|ioi/000010-000020|not reranked: a NaN in layer 3");
    assertThat(control.states).containsExactly("running", "finished with failures");
  }

  @Test
  void aSubjectThatNoDeviceCanLoadEndsTheCampaignWithItsReason() {
    UnaryOperator<String> refuses =
        call -> {
          throw Failures.toTemporal(PieCrustException.user("no folder m, expected a model"));
        };
    FakeGpu gpu = new FakeGpu("own", 30, 10, refuses);
    try (TestBench bench = bench(control, gpu)) {
      assertThatThrownBy(bench::run).isInstanceOf(WorkflowException.class);
    }
    assertThat(control.states).containsExactly("running", "failed: no folder m, expected a model");
  }

  @Test
  void aCancelledCampaignLeavesNothingUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch noticed = new CountDownLatch(1);
    UnaryOperator<String> endless =
        call -> {
          if (call.startsWith("prune ")) {
            begun.countDown();
            untilCancelled(noticed);
          }
          return call;
        };
    FakeGpu gpu = new FakeGpu("own", 30, 10, endless);
    try (TestBench bench = bench(control, gpu)) {
      var campaign = bench.start();
      await(begun);
      campaign.cancel("ada");
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
    }
    assertThat(noticed.getCount()).isZero();
    assertThat(control.states).containsExactly("running", "cancelled: cancelled by ada");
  }

  private static void untilCancelled(CountDownLatch noticed) {
    try {
      while (true) {
        Activity.getExecutionContext().heartbeat("in work");
        pause(20);
      }
    } catch (ActivityCompletionException e) {
      pause(500); // no device stops at once
      noticed.countDown();
      throw e;
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(240, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Each device answers requests for hosts, and takes one call at a time from the subject's queue.
   */
  private static TestBench bench(FakeControl control, FakeGpu... devices) {
    TestBench bench = new TestBench(control);
    for (FakeGpu device : devices) {
      bench.host(QUEUE, device);
    }
    return bench;
  }

  private static CampaignPlan plan(String... tasks) {
    return new CampaignPlan(List.of(tasks), 0.5, new PrunePhases(true, true)).on(QUEUE);
  }
}
