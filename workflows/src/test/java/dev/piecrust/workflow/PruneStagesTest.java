package dev.piecrust.workflow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.failure.PieCrustException;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stages of a pruning with reranked methods and held-out prompts. */
@Timeout(300)
final class PruneStagesTest {
  private final PieCrustException fault = PieCrustException.numeric("a NaN in layer 3");
  private final FakeControl control = new FakeControl(plan(new PrunePhases(true, true), 0.5));

  @Test
  void reranksEachBatchThenChoosesCircuitsOnceThenMeasuresThem() {
    FakeGpu gpu = new FakeGpu("own", 15, 10, call -> call);
    run(control, gpu);
    assertThat(control.stages)
        .containsExactly(
            "score ioi: 15",
            "rerank ioi: 15",
            "fidelity ioi: 15",
            "features ioi: 15",
            "circuits ioi: 15",
            "held-out ioi: 15");
    assertThat(gpu.calls)
        .containsExactly(
            "load",
            "prepare ioi",
            "score ioi/000000-000010",
            "rerank ioi/000000-000010",
            "fidelity ioi/000000-000010",
            "score ioi/000010-000015",
            "rerank ioi/000010-000015",
            "fidelity ioi/000010-000015",
            "circuits ioi/000000-000015",
            "held-out ioi/000000-000010",
            "held-out ioi/000010-000015");
    assertThat(control.states).containsExactly("running", "finished");
  }

  @Test
  void reranksWithoutHeldOutPromptsWhereNoneAreAskedFor() {
    FakeControl withoutHeldOut = new FakeControl(plan(new PrunePhases(true, false), 0.5));
    FakeGpu gpu = new FakeGpu("own", 10, 10, call -> call);
    run(withoutHeldOut, gpu);
    assertThat(withoutHeldOut.stages)
        .containsExactly("score ioi: 10", "rerank ioi: 10", "fidelity ioi: 10", "features ioi: 10");
    assertThat(gpu.calls)
        .endsWith("fidelity ioi/000000-000010", "circuits ioi/000000-000010")
        .contains("rerank ioi/000000-000010");
  }

  @Test
  void parksTheFidelityOfABatchThatCannotBeReranked() {
    FakeGpu gpu = new FakeGpu("own", 20, 10, FakeGpu.failingAt("rerank ioi/000000", fault));
    run(control, gpu);
    assertThat(control.parkedLines())
        .containsExactly(
            "rerank ioi|ioi/000000-000010|a NaN in layer 3",
            "fidelity ioi|ioi/000000-000010|not reranked: a NaN in layer 3");
    assertThat(gpu.calls)
        .doesNotContain("fidelity ioi/000000-000010")
        .contains("fidelity ioi/000010-000020", "held-out ioi/000000-000010");
  }

  @Test
  void parksRerankAndFidelityOfABatchThatCannotBeScored() {
    FakeGpu gpu = new FakeGpu("own", 20, 10, FakeGpu.failingAt("score ioi/000010", fault));
    run(control, gpu);
    assertThat(control.parkedLines())
        .containsExactly(
            "score ioi|ioi/000010-000020|a NaN in layer 3",
            "rerank ioi|ioi/000010-000020|not scored: a NaN in layer 3",
            "fidelity ioi|ioi/000010-000020|not scored: a NaN in layer 3");
  }

  @Test
  void parksTheHeldOutUnitsOfATaskWithoutCircuitsAndGoesOnToTheNextTask() {
    FakeControl twoTasks =
        new FakeControl(
            new CampaignPlan(List.of("ioi", "mine"), 0.2, new PrunePhases(false, true)));
    FakeGpu gpu = new FakeGpu("own", 20, 10, FakeGpu.failingAt("circuits ioi", fault));
    run(twoTasks, gpu);
    assertThat(twoTasks.parkedLines())
        .containsExactly(
            "features ioi|ioi/000000-000020|a NaN in layer 3",
            "circuits ioi|ioi/000000-000020|a NaN in layer 3",
            "held-out ioi|ioi/000000-000010|no circuits: a NaN in layer 3",
            "held-out ioi|ioi/000010-000020|no circuits: a NaN in layer 3");
    assertThat(gpu.calls).doesNotContain("held-out ioi/000000-000010");
    assertThat(gpu.calls).contains("held-out mine/000010-000020");
    assertThat(twoTasks.states).containsExactly("running", "finished with failures");
  }

  @Test
  void parksAHeldOutBatchAndMeasuresTheOthers() {
    FakeGpu gpu = new FakeGpu("own", 20, 10, FakeGpu.failingAt("held-out ioi/000000", fault));
    run(control, gpu);
    assertThat(control.parkedLines())
        .containsExactly("held-out ioi|ioi/000000-000010|a NaN in layer 3");
    assertThat(gpu.calls).contains("held-out ioi/000010-000020");
  }

  /** The first worker's open poll may still be handed one call; it answers that one too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "score ioi/000000-000010",
        "fidelity ioi/000030-000040",
        "held-out ioi/000000-000010"
      })
  void takesAnotherWorkerWhereTheFirstIsLost(String last) throws Exception {
    CountDownLatch acquired = new CountDownLatch(1);
    try (TestBench bench = new TestBench(control)) {
      AtomicReference<Worker> machine = new AtomicReference<>();
      FakeGpu first =
          new FakeGpu(
              "own-1", 40, 10, call -> leaveAfter(last, call, requireNonNull(machine.get())));
      FakeGpu second = new FakeGpu("own-2", 40, 10, call -> answer(call, acquired));
      bench.gpu(TaskQueues.GPU, new SessionsInTurn(first, second));
      bench.gpu("own-2", second);
      machine.set(bench.gpu("own-1", first));
      WorkflowStub campaign = WorkflowStub.fromTyped(bench.start());
      bench.skipTimeUntil(acquired);
      campaign.getResult(Void.class);
      assertThat(first.calls).contains(last);
      assertThat(second.calls).startsWith("load").hasSizeGreaterThan(1);
      List<String> units = new ArrayList<>(first.calls);
      units.addAll(second.calls);
      units.removeAll(List.of("load", "prepare ioi"));
      assertThat(units).containsExactlyElementsOf(unitsOfFourBatches());
    }
    assertThat(control.parked).isEmpty();
    assertThat(control.states).containsExactly("running", "finished");
  }

  private static List<String> unitsOfFourBatches() {
    List<String> batches =
        List.of("ioi/000000-000010", "ioi/000010-000020", "ioi/000020-000030", "ioi/000030-000040");
    List<String> units = new ArrayList<>();
    for (String batch : batches) {
      units.addAll(List.of("score " + batch, "rerank " + batch, "fidelity " + batch));
    }
    units.add("circuits ioi/000000-000040");
    batches.forEach(batch -> units.add("held-out " + batch));
    return units;
  }

  private static String leaveAfter(String last, String call, Worker machine) {
    if (call.equals(last)) {
      machine.suspendPolling();
    }
    return call;
  }

  private static String answer(String call, CountDownLatch acquired) {
    acquired.countDown();
    return call;
  }

  private static CampaignPlan plan(PrunePhases phases, double failureShare) {
    return new CampaignPlan(List.of("ioi"), failureShare, phases);
  }

  private static void run(FakeControl control, FakeGpu gpu) {
    try (TestBench bench = TestBench.with(control, gpu)) {
      bench.run();
    }
  }
}
