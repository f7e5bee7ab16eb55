package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
final class CampaignWorkflowTest {
  private static final CampaignPlan IOI = plan(0.2, "ioi");

  @Test
  void scoresThenChecksEveryBatchOfEveryTaskAndReports() {
    FakeControl control = new FakeControl(plan(0.2, "ioi", "mine"));
    FakeGpu gpu = new FakeGpu("own", 25, 10, call -> call);
    try (TestBench bench = TestBench.with(control, gpu)) {
      bench.run();
    }
    assertThat(control.states).containsExactly("running", "finished");
    assertThat(control.stages)
        .containsExactly(
            "score ioi: 25",
            "fidelity ioi: 25",
            "features ioi: 25",
            "score mine: 25",
            "fidelity mine: 25",
            "features mine: 25");
    assertThat(gpu.calls.subList(0, 9))
        .containsExactly(
            "load",
            "prepare ioi",
            "score ioi/000000-000010",
            "fidelity ioi/000000-000010",
            "score ioi/000010-000020",
            "fidelity ioi/000010-000020",
            "score ioi/000020-000025",
            "fidelity ioi/000020-000025",
            "circuits ioi/000000-000025");
    assertThat(gpu.calls).hasSize(18);
  }

  @Test
  void acquiresAnotherWorkerWhenTheFirstIsGone() throws Exception {
    FakeControl control = new FakeControl(IOI);
    FakeGpu first = new FakeGpu("own-1", 20, 10, call -> call); // nobody polls its own queue
    CountDownLatch acquired = new CountDownLatch(1);
    FakeGpu second = new FakeGpu("own-2", 20, 10, call -> countDownAt("load", call, acquired));
    SessionsInTurn shared = new SessionsInTurn(first, second);
    try (TestBench bench = new TestBench(control)) {
      bench.gpu(TaskQueues.GPU, shared);
      bench.gpu("own-2", second);
      CampaignWorkflow campaign = bench.start();
      bench.skipTimeUntil(acquired);
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
    }
    assertThat(control.states).containsExactly("running", "finished");
    assertThat(control.parked).isEmpty();
    assertThat(first.calls).containsExactly("load");
    assertThat(second.calls).contains("load", "fidelity ioi/000010-000020");
  }

  @Test
  void givesUpACallThatLosesItsWorkerAgainAndAgain() throws Exception {
    FakeControl control = new FakeControl(plan(1.0, "ioi"));
    FakeGpu nowhere = new FakeGpu("own", 10, 10, call -> call);
    try (TestBench bench = new TestBench(control)) {
      bench.gpu(TaskQueues.GPU, nowhere);
      CampaignWorkflow campaign = bench.start();
      bench.skipTimeUntil(control.ended);
      assertThatThrownBy(() -> WorkflowStub.fromTyped(campaign).getResult(Void.class))
          .isInstanceOf(WorkflowFailedException.class)
          .satisfies(e -> assertThat(Failures.sentence(e)).contains("stopped answering"));
    }
    assertThat(nowhere.calls).hasSize(5).containsOnly("load");
  }

  @Test
  void parksAUnitThatCannotSucceedAndGoesOn() {
    FakeControl control = new FakeControl(IOI);
    FakeGpu gpu =
        new FakeGpu(
            "own",
            100,
            10,
            FakeGpu.failingAt("score ioi/000010", PieCrustException.numeric("a NaN in layer 3")));
    try (TestBench bench = TestBench.with(control, gpu)) {
      bench.run();
    }
    assertThat(control.states).containsExactly("running", "finished with failures");
    assertThat(control.parked)
        .extracting(f -> f.stage() + "|" + f.unit() + "|" + f.prompts() + "|" + f.reason())
        .containsExactly(
            "score ioi|ioi/000010-000020|10|a NaN in layer 3",
            "fidelity ioi|ioi/000010-000020|10|not scored: a NaN in layer 3");
    assertThat(gpu.calls).contains("fidelity ioi/000090-000100");
  }

  @Test
  void failsWithTheSentenceOfAUserErrorInThePlan() {
    FakeControl control = new FakeControl(IOI, 0, Optional.of("subject.model: no such folder"));
    try (TestBench bench = TestBench.with(control, new FakeGpu("own", 10, 10, call -> call))) {
      assertThatThrownBy(bench::run)
          .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    }
    assertThat(control.states).containsExactly("failed: subject.model: no such folder");
  }

  @ParameterizedTest
  @EnumSource(names = {"USER", "RESOURCES"})
  void refusesAtOnceInTheWorkersWordsWhatItCannotLoad(FailureCategory category) {
    FakeControl control = new FakeControl(IOI);
    PieCrustException refusal = new PieCrustException(category, "model: needs 5 GiB");
    FakeGpu gpu = new FakeGpu("own", 10, 10, FakeGpu.failingAt("load", refusal));
    try (TestBench bench = TestBench.with(control, gpu)) {
      assertThatThrownBy(bench::run)
          .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(category));
    }
    assertThat(control.states).containsExactly("running", "failed: model: needs 5 GiB");
    assertThat(gpu.attempts).as("one attempt").hasValue(1);
  }

  @Test
  void stopsTheActivityThatRunsWhenCancelled() throws Exception {
    FakeControl control = new FakeControl(IOI);
    CountDownLatch reached = new CountDownLatch(1);
    FakeGpu gpu =
        new FakeGpu("own", 20, 10, call -> heartbeatForEverAt("score ioi/000010", call, reached));
    try (TestBench bench = TestBench.with(control, gpu)) {
      CampaignWorkflow campaign = bench.start();
      reached.await();
      campaign.cancel("ada");
      assertThatThrownBy(() -> campaign.cancel("bob"))
          .isInstanceOf(WorkflowUpdateException.class)
          .hasStackTraceContaining("already");
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
      assertThat(campaign.state()).isEqualTo(CampaignState.CANCELLED);
    }
    assertThat(control.states).containsExactly("running", "cancelled: cancelled by ada");
    assertThat(gpu.calls).doesNotContain("fidelity ioi/000010-000020");
  }

  @Test
  void refusesANamelessCancellation() throws Exception {
    FakeControl control = new FakeControl(IOI);
    CountDownLatch reached = new CountDownLatch(1);
    FakeGpu gpu = new FakeGpu("own", 10, 10, call -> heartbeatForEverAt("score", call, reached));
    try (TestBench bench = TestBench.with(control, gpu)) {
      CampaignWorkflow campaign = bench.start();
      reached.await();
      assertThatThrownBy(() -> campaign.cancel(" ")).isInstanceOf(WorkflowUpdateException.class);
      assertThat(campaign.state()).isEqualTo(CampaignState.RUNNING);
    }
  }

  private static CampaignPlan plan(double failureShare, String... tasks) {
    return new CampaignPlan(List.of(tasks), failureShare, new PrunePhases(false, false));
  }

  private static String countDownAt(String where, String call, CountDownLatch latch) {
    if (call.startsWith(where)) {
      latch.countDown();
    }
    return call;
  }

  private static String heartbeatForEverAt(String where, String call, CountDownLatch reached) {
    while (call.startsWith(where)) {
      reached.countDown();
      Activity.getExecutionContext().heartbeat(call);
      Thread.onSpinWait();
    }
    return call;
  }
}
