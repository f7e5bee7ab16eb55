package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.evaluate.EvaluateWorkflowImpl;
import dev.piecrust.workflow.evidence.EvidenceWorkflowImpl;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However many devices there are, whenever they come and however long each call takes: every batch
 * is done once, what fails is parked, and the history replays. {@code -Dpiecrust.schedules=100}
 * tries more of them.
 */
@Timeout(300)
final class RandomSchedulesTest {
  private static final String QUEUE = TaskQueues.subject("0123456789abcdef");
  private static final int BATCH = 10;
  private static final int SLOWEST_MS = 20;
  private static final int FEATURES = 3;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("piecrust.schedules", 12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyScheduleDoesAllOnceAndReplays(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> tasks = random.nextBoolean() ? List.of("ioi") : List.of("ioi", "mine");
    int prompts = 5 + random.nextInt(80);
    String failing = tasks.get(0) + "/0000" + random.nextInt(8) + "0-";
    int windows = random.nextInt(20);
    AtomicInteger rounds = new AtomicInteger(random.nextInt(4));
    FakeControl control = new FakeControl(plan(tasks), FEATURES);
    try (TestBench bench = new TestBench(control)) {
      bench.llm(FakeLlm.willing(true));
      List<FakeGpu> devices = devices(random, prompts, failing);
      for (FakeGpu device : devices) {
        device.windows = windows;
        device.features = FEATURES;
        device.rounds = rounds;
      }
      bench.host(QUEUE, devices.get(0));
      WorkflowStub campaign = WorkflowStub.fromTyped(bench.start());
      for (FakeGpu device : devices.subList(1, devices.size())) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(10 * SLOWEST_MS));
        bench.host(QUEUE, device);
      }
      campaign.getResult(Void.class);
      assertThat(control.states).last().asString().startsWith("finished");
      List<String> calls = devices.stream().flatMap(device -> device.calls.stream()).toList();
      assertThat(calls)
          .filteredOn(call -> !call.equals("host"))
          .doesNotHaveDuplicates()
          .containsAll(batches(tasks, prompts, failing))
          .containsAll(shards(windows))
          .contains("draw features/0000000-0000001", "draw features/0000002-0000003")
          .filteredOn(call -> call.startsWith("steer "))
          .hasSize(FEATURES);
      replays(bench, TestBench.CAMPAIGN, CampaignWorkflowImpl.class);
      for (String task : tasks) {
        replays(bench, TestBench.CAMPAIGN + "/prune/" + task, PruneWorkflowImpl.class);
      }
      replays(bench, TestBench.CAMPAIGN + "/evidence", EvidenceWorkflowImpl.class);
      replays(bench, TestBench.CAMPAIGN + "/evaluate", EvaluateWorkflowImpl.class);
    }
  }

  private static void replays(TestBench bench, String workflowId, Class<?> workflow) {
    assertThatCode(
            () -> WorkflowReplayer.replayWorkflowExecution(bench.history(workflowId), workflow))
        .as(workflowId)
        .doesNotThrowAnyException();
  }

  private static List<FakeGpu> devices(Random random, int prompts, String failing) {
    return IntStream.rangeClosed(0, random.nextInt(4))
        .mapToObj(
            i ->
                new FakeGpu(
                    "own-" + i, prompts, BATCH, slow(new Random(random.nextLong()), failing)))
        .toList();
  }

  private static UnaryOperator<String> slow(Random random, String failing) {
    return call -> {
      try {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(SLOWEST_MS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (call.startsWith("prune " + failing)) {
        throw Failures.toTemporal(PieCrustException.numeric("a NaN"), "fidelity ioi");
      }
      return call;
    };
  }

  /** The batches of all tasks, but for the one that fails. */
  private static List<String> batches(List<String> tasks, int prompts, String failing) {
    List<String> batches = new ArrayList<>();
    for (String task : tasks) {
      for (int from = 0; from < prompts; from += BATCH) {
        String unit = "%s/%06d-%06d".formatted(task, from, Math.min(from + BATCH, prompts));
        if (!unit.startsWith(failing)) {
          batches.add("prune " + unit);
        }
        batches.add("held-out " + unit);
      }
    }
    return batches;
  }

  private static List<String> shards(int windows) {
    return IntStream.range(0, windows)
        .mapToObj(i -> "scan windows/%07d-%07d".formatted(i, i + 1))
        .toList();
  }

  private static final Map<String, Class<?>> RECORDED =
      Map.of(
          "campaign", CampaignWorkflowImpl.class,
          "prune-ioi", PruneWorkflowImpl.class,
          "prune-mine", PruneWorkflowImpl.class,
          "evidence", EvidenceWorkflowImpl.class,
          "evaluate", EvaluateWorkflowImpl.class);

  @ParameterizedTest
  @ValueSource(strings = {"campaign", "prune-ioi", "prune-mine", "evidence", "evaluate"})
  void recordedHistoriesReplay(String part) {
    String name = "0.7.0-hosts-" + part;
    Class<?> workflow = RECORDED.getOrDefault(part, CampaignWorkflowImpl.class);
    assertThatCode(() -> Histories.replay(name, workflow)).doesNotThrowAnyException();
  }

  @Test
  @EnabledIfSystemProperty(named = "piecrust.record", matches = ".+")
  void records() throws IOException {
    FakeControl control = new FakeControl(plan(List.of("ioi", "mine")), FEATURES);
    UnaryOperator<String> slow = slow(new Random(1), "ioi/000020-");
    try (TestBench bench = new TestBench(control)) {
      bench.llm(FakeLlm.willing(true));
      for (String device : List.of("own-0", "own-1")) {
        FakeGpu gpu = new FakeGpu(device, 50, BATCH, slow);
        gpu.windows = 10;
        bench.host(QUEUE, gpu);
      }
      bench.run();
      for (String part : RECORDED.keySet()) {
        String id = part.equals("campaign") ? "" : "/" + part.replace('-', '/');
        Histories.writeLatest(bench, TestBench.CAMPAIGN + id, "hosts-" + part);
      }
    }
  }

  private static CampaignPlan plan(List<String> tasks) {
    return new CampaignPlan(tasks, 1, new PrunePhases(true, true, true), true, true, 2, false)
        .on(QUEUE);
  }
}
