package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask of a campaign while it prunes, interprets and evaluates. */
@Timeout(300)
final class CommandsTest {
  private final FakeControl control = new FakeControl(plan(false), 4);
  private final Stop stop = new Stop();

  @ParameterizedTest
  @ValueSource(strings = {"score ioi/000000", "evidence", "explain", "rate", "activate", "steer"})
  void startsNothingNewWhilePausedAndThenGoesOnToTheSameEnd(String where) {
    during(
        where,
        campaign -> {
          assertThatThrownBy(() -> campaign.resume("bob"))
              .isInstanceOf(WorkflowUpdateException.class)
              .hasStackTraceContaining("not paused, but running");
          campaign.pause("ada");
          assertThat(campaign.state()).isEqualTo(CampaignState.PAUSED);
          assertThatThrownBy(() -> campaign.pause("bob"))
              .isInstanceOf(WorkflowUpdateException.class)
              .hasStackTraceContaining("paused already");
          stop.release();
          campaign.resume("ada");
        });
    assertThat(control.states)
        .containsExactly("running", "paused: paused by ada", "running: resumed by ada", "finished");
    assertThat(control.parked).isEmpty();
  }

  @Test
  void waitsForAPausedCampaignToBeResumedBeforeItReports() throws Exception {
    FakeControl pruneOnly = new FakeControl(new CampaignPlan(List.of("ioi"), 0.5, phases()));
    FakeGpu gpu = new FakeGpu("own", 10, 10, call -> stop.at("circuits", call));
    try (TestBench bench = TestBench.with(pruneOnly, gpu)) {
      CampaignWorkflow campaign = bench.start();
      stop.awaitReached();
      campaign.pause("ada");
      stop.release();
      bench.awaitEnd(TestBench.CAMPAIGN + "/prune/ioi");
      assertThat(campaign.state()).isEqualTo(CampaignState.PAUSED);
      campaign.resume("ada");
      result(campaign);
    }
    assertThat(pruneOnly.states).endsWith("running: resumed by ada", "finished");
  }

  @Test
  void startsPausedWhereItWasPausedWhenItWasLastSeen() {
    FakeControl paused = new FakeControl(plan(true), 1);
    FakeGpu gpu = new FakeGpu("own", 10, 10, call -> call);
    try (TestBench bench = TestBench.with(paused, gpu, FakeLlm.willing(false))) {
      CampaignWorkflow campaign = bench.start();
      resumeOncePaused(campaign);
      result(campaign);
    }
    assertThat(paused.states).containsExactly("running: resumed by ada", "finished");
  }

  @Test
  void pausesForItsBudgetUntilThatIsRaisedAndAsksForNothingTwice() throws Exception {
    AtomicBoolean poor = new AtomicBoolean(true);
    FakeLlm llm =
        new FakeLlm(
            false,
            call ->
                poor.get() && call.startsWith("rate")
                    ? LlmStep.overBudget("0.10 USD are spent")
                    : LlmStep.done());
    FakeGpu gpu = new FakeGpu("own", 10, 10, call -> call);
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState("paused for budget: 0.10 USD are spent");
      assertThat(campaign.state()).isEqualTo(CampaignState.PAUSED_FOR_BUDGET);
      assertThatThrownBy(() -> campaign.pause("ada")).isInstanceOf(WorkflowUpdateException.class);
      assertThatThrownBy(() -> campaign.resume("ada"))
          .hasStackTraceContaining("a higher budget lets it go on");
      poor.set(false);
      campaign.budgetRaised("ada");
      result(campaign);
    }
    assertThat(control.states)
        .startsWith("running", "paused for budget: 0.10 USD are spent")
        .endsWith("running: budget raised by ada", "finished");
    assertThat(llm.calls).filteredOn(call -> call.startsWith("explain")).hasSize(4);
    assertThat(llm.calls).filteredOn(call -> call.startsWith("score")).hasSize(4);
  }

  @Test
  void finishesACampaignThatIsPausedForItsBudget() throws Exception {
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("explain", LlmStep.overBudget("nothing left")));
    FakeGpu gpu = new FakeGpu("own", 10, 10, call -> call);
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState("paused for budget: nothing left");
      campaign.finish("ada");
      result(campaign);
      assertThat(campaign.state()).isEqualTo(CampaignState.FINISHED);
    }
    assertThat(control.states)
        .containsExactly("running", "paused for budget: nothing left", "finished early by ada");
    assertThat(gpu.calls).noneMatch(call -> call.startsWith("activate"));
  }

  @Test
  void callsAgainWhatMetTheCapWhileItWasBeingRaised() {
    ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();
    FakeLlm llm =
        new FakeLlm(
            false,
            call -> {
              boolean first = asked.merge(call, 1, Integer::sum) == 1;
              stop.at("explain", call);
              return first && call.equals("explain L000/0000000")
                  ? LlmStep.overBudget("spent")
                  : LlmStep.done();
            });
    FakeControl one = new FakeControl(plan(false), 1);
    try (TestBench bench = TestBench.with(one, new FakeGpu("own", 10, 10, call -> call), llm)) {
      CampaignWorkflow campaign = bench.start();
      stop.awaitReached();
      campaign.budgetRaised("ada");
      stop.release();
      result(campaign);
    }
    assertThat(one.states).containsExactly("running", "running: budget raised by ada", "finished");
  }

  @ParameterizedTest
  @ValueSource(strings = {"score ioi/000000", "evidence", "explain", "rate"})
  void finishesEarlyWithWhatThereIs(String where) {
    FakeGpu gpu = new FakeGpu("own", 20, 10, call -> beatingAt(where, call));
    FakeLlm llm =
        new FakeLlm(
            true,
            call -> {
              beatingAt(where, call);
              return LlmStep.done();
            });
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      stop.awaitReached();
      campaign.finish("ada");
      result(campaign);
      assertThat(campaign.state()).isEqualTo(CampaignState.FINISHED);
    }
    assertThat(control.states).containsExactly("running", "finished early by ada");
    assertThat(llm.calls).noneMatch(call -> call.startsWith("rate-steered"));
  }

  @Test
  void goesThroughAllStagesOnceMoreWhereWhatFailedIsToBeTriedAgain() {
    ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();
    FakeLlm llm =
        new FakeLlm(
            false,
            call -> {
              stop.at("explain L000/0000003", call);
              boolean first = asked.merge(call, 1, Integer::sum) == 1;
              return first && call.equals("explain L000/0000001")
                  ? LlmStep.unscored("not JSON")
                  : LlmStep.done();
            });
    FakeGpu gpu = new FakeGpu("own", 10, 10, call -> call);
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      stop.awaitReached();
      campaign.retryFailed("ada");
      stop.release();
      result(campaign);
    }
    assertThat(asked).containsEntry("explain L000/0000001", 2);
    assertThat(llm.calls).filteredOn("score L000/0000001"::equals).hasSize(1);
    assertThat(gpu.calls).filteredOn("evidence"::equals).hasSize(2);
    assertThat(control.states).endsWith("finished with failures");
  }

  @Test
  void refusesNamelessCommands() {
    during(
        "explain",
        campaign -> {
          List<Runnable> nameless =
              List.of(
                  () -> campaign.pause(" "),
                  () -> campaign.resume(""),
                  () -> campaign.finish(" "),
                  () -> campaign.budgetRaised(" "),
                  () -> campaign.retryFailed(" "),
                  () -> campaign.cancel(" "));
          for (Runnable command : nameless) {
            assertThatThrownBy(command::run).hasStackTraceContaining("must be named");
          }
          stop.release();
        });
    assertThat(control.states).containsExactly("running", "finished");
  }

  /** Runs the campaign, and does something while one call is held. */
  private void during(String where, Consumer<CampaignWorkflow> meanwhile) {
    FakeGpu gpu = new FakeGpu("own", 20, 10, call -> stop.at(where, call));
    FakeLlm llm =
        new FakeLlm(
            true,
            call -> {
              stop.at(where, call);
              return LlmStep.done();
            });
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      stop.awaitReached();
      meanwhile.accept(campaign);
      result(campaign);
    }
  }

  /** Beats until somebody stops it. */
  private String beatingAt(String where, String call) {
    while (call.startsWith(where)) {
      stop.reach();
      Activity.getExecutionContext().heartbeat(call);
      Thread.onSpinWait();
    }
    return call;
  }

  /** The plan has been asked for; the workflow reads the answer a moment later. */
  private static void resumeOncePaused(CampaignWorkflow campaign) {
    while (campaign.state() != CampaignState.PAUSED) {
      Thread.onSpinWait();
    }
    campaign.resume("ada");
  }

  private static void result(CampaignWorkflow campaign) {
    WorkflowStub.fromTyped(campaign).getResult(Void.class);
  }

  private static PrunePhases phases() {
    return new PrunePhases(false, false);
  }

  private static CampaignPlan plan(boolean paused) {
    return new CampaignPlan(List.of("ioi"), 0.5, phases(), true, true, 4, paused);
  }
}
