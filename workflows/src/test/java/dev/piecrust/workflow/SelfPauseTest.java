package dev.piecrust.workflow;

import static dev.piecrust.activity.LlmStep.stopped;
import static dev.piecrust.activity.LlmStep.unscored;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.interpret.InterpretWorkflowImpl;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns that pause by themselves, because only a person can bring them further. */
@Timeout(300)
final class SelfPauseTest {
  private static final String NO_KEY = "paused: the language model cannot be asked: no key in KEY";
  private static final String TOO_MANY =
      "paused: too many failures: explain: 4 of 10 features failed, more than limits.failure_share"
          + " 0.3 allows; the last: not JSON; 'resume' goes on until 3 more have failed, 'retry'"
          + " tries them again";

  private static final Map<String, Class<?>> WORKFLOWS =
      Map.of(
          "campaign", CampaignWorkflowImpl.class,
          "prune", PruneWorkflowImpl.class,
          "interpret", InterpretWorkflowImpl.class);

  private final FakeGpu gpu = new FakeGpu("own", 10, 10, call -> call);
  private final AtomicBoolean broken = new AtomicBoolean(true);

  @ParameterizedTest
  @ValueSource(strings = {"explain", "rate ", "write"})
  void pausesAtOnceWhereTheKeyIsWrongAndGoesOnOnceItIsMended(String where) throws Exception {
    FakeControl control = new FakeControl(plan(0.3), 4);
    FakeLlm llm = new FakeLlm(false, call -> whileBroken(call, where, stopped("no key in KEY")));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(NO_KEY);
      assertThat(campaign.state()).isEqualTo(CampaignState.PAUSED);
      assertThatThrownBy(() -> campaign.pause("ada")).hasStackTraceContaining("paused already");
      broken.set(false);
      campaign.resume("ada");
      result(campaign);
    }
    assertThat(control.states)
        .containsExactly("running", NO_KEY, "running: resumed by ada", "finished");
    assertThat(control.parked).isEmpty();
  }

  @Test
  void pausesBeforeItPrunesWhereTheFirstQuestionShowsThatNoneCanBeAsked() throws Exception {
    FakeControl control = new FakeControl(asking(), 4);
    FakeLlm llm = new FakeLlm(false, call -> whileBroken(call, "probe", stopped("no key in KEY")));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(NO_KEY);
      assertThat(gpu.calls).isEmpty();
      broken.set(false);
      campaign.resume("ada");
      result(campaign);
    }
    assertThat(control.states)
        .containsExactly("running", NO_KEY, "running: resumed by ada", "finished");
    assertThat(llm.calls).filteredOn(call -> call.startsWith("probe")).hasSize(2);
  }

  @Test
  void letsAPersonGoOnWhereTheFirstQuestionWasRefused() throws Exception {
    FakeControl control = new FakeControl(asking(), 4);
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("probe", unscored("no key in KEY")));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(NO_KEY);
      assertThat(gpu.calls).isEmpty();
      campaign.resume("ada");
      result(campaign);
    }
    assertThat(control.states).endsWith("running: resumed by ada", "finished");
    assertThat(llm.calls).filteredOn(call -> call.startsWith("probe")).hasSize(1);
  }

  @Test
  void prunesWhereTheFirstQuestionFailsInAWayThatMayHeal() throws Exception {
    FakeControl control = new FakeControl(asking(), 4);
    FakeLlm llm =
        new FakeLlm(
            false,
            call -> {
              if (call.startsWith("probe")) {
                throw PieCrustException.external("the database is away", new IOException());
              }
              return LlmStep.done();
            });
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      result(bench.start());
    }
    assertThat(control.states).containsExactly("running", "finished");
  }

  @Test
  void pausesAgainWhereItIsStillWrong() throws Exception {
    FakeControl control = new FakeControl(plan(0.3), 4);
    FakeLlm llm =
        new FakeLlm(false, call -> whileBroken(call, "explain", stopped("no key in KEY")));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(NO_KEY);
      campaign.resume("ada");
      control.awaitState("running: resumed by ada");
      while (campaign.state() != CampaignState.PAUSED) {
        Thread.onSpinWait();
      }
      broken.set(false);
      campaign.resume("bob");
      result(campaign);
    }
    assertThat(control.states)
        .containsExactly(
            "running",
            NO_KEY,
            "running: resumed by ada",
            NO_KEY,
            "running: resumed by bob",
            "finished");
  }

  @Test
  void pausesPastTheShareOfFailuresAndGoesOnUntilAsManyMoreHaveFailed() throws Exception {
    FakeControl control = new FakeControl(plan(0.3), 10);
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("explain", unscored("not JSON")));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(TOO_MANY);
      assertThat(llm.calls).hasSize(4);
      campaign.resume("ada");
      control.awaitState(TOO_MANY.replace("4 of 10", "7 of 10"));
      assertThat(llm.calls).hasSize(7);
      campaign.resume("ada");
      control.awaitState(
          TOO_MANY
              .replace("4 of 10", "10 of 10")
              .replace("until 3 more have failed", "to its end"));
      campaign.resume("ada");
      result(campaign);
    }
    assertThat(llm.calls).filteredOn(call -> call.startsWith("explain")).hasSize(10);
    assertThat(control.states)
        .hasSize(8)
        .endsWith("running: resumed by ada", "finished with failures");
  }

  @Test
  void triesAgainAtOnceWhatFailedWhereThatIsAskedFor() throws Exception {
    FakeControl control = new FakeControl(plan(0.3), 10);
    FakeLlm llm = new FakeLlm(false, call -> whileBroken(call, "explain", unscored("not JSON")));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(TOO_MANY);
      broken.set(false);
      campaign.retryFailed("ada");
      result(campaign);
    }
    assertThat(control.states)
        .startsWith("running", TOO_MANY, "running: what failed is tried again, as ada asked");
    assertThat(llm.calls).filteredOn("score L000/0000000"::equals).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pausesWherePruningFailsAndStartsTheTaskAgainOrGoesOn(boolean retry) throws Exception {
    FakeControl control = new FakeControl(prunePlan());
    FakeGpu failing = new FakeGpu("own", 40, 10, this::failingFidelity);
    try (TestBench bench = TestBench.with(control, failing)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(
          "paused: too many failures: task ioi: 10 of 40 prompts failed, more than"
              + " limits.failure_share 0.2 allows; the last: a NaN; 'resume' goes on until 7 more"
              + " have failed, 'retry' tries them again");
      broken.set(false);
      if (retry) {
        campaign.retryFailed("ada");
      } else {
        campaign.resume("ada");
      }
      result(campaign);
    }
    assertThat(failing.calls)
        .filteredOn("fidelity ioi/000000-000010"::equals)
        .hasSize(retry ? 2 : 0);
    assertThat(failing.calls).contains("fidelity ioi/000030-000040");
  }

  @Test
  void remembersWhatWasAcceptedBeforeItStartedAnew() {
    CampaignPlan plan =
        new CampaignPlan(
            List.of("ioi"),
            0.3,
            new PrunePhases(false, false),
            true,
            false,
            1,
            false,
            3,
            false,
            Optional.empty());
    FakeControl control = new FakeControl(plan, 10);
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("explain", unscored("not JSON")));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      bench.run();
    }
    assertThat(control.states).containsExactly("running", "finished with failures");
  }

  @ParameterizedTest
  @ValueSource(strings = {"campaign", "prune", "interpret"})
  void replaysACampaignThatPausedByItself(String workflow) {
    String file = "0.7.0-" + workflow + "-stopped";
    assertThatCode(() -> Histories.replay(file, requireNonNull(WORKFLOWS.get(workflow))))
        .doesNotThrowAnyException();
  }

  /** Records a campaign that paused at failed prompts, a wrong key and failed features. */
  @Test
  @EnabledIfSystemProperty(named = "piecrust.record", matches = ".+")
  void records() throws Exception {
    FakeControl control = new FakeControl(plan(0.3), 10);
    FakeGpu failing = new FakeGpu("own", 40, 10, this::failingFidelity);
    FakeLlm llm = new FakeLlm(false, this::wrongKeyThenNonsense);
    try (TestBench bench = TestBench.with(control, failing, llm)) {
      CampaignWorkflow campaign = bench.start();
      awaitPause(control, "too many failures: task");
      broken.set(false);
      campaign.retryFailed("ada");
      awaitPause(control, "the language model cannot be asked");
      campaign.resume("ada");
      awaitPause(control, "too many failures: explain");
      campaign.resume("ada");
      result(campaign);
      Histories.write(bench, latest(""), "campaign-stopped");
      Histories.write(bench, latest("/prune/ioi"), "prune-stopped");
      Histories.write(bench, latest("/interpret"), "interpret-stopped");
    }
  }

  private static WorkflowExecution latest(String part) {
    return WorkflowExecution.newBuilder().setWorkflowId(TestBench.CAMPAIGN + part).build();
  }

  private final AtomicBoolean keyless = new AtomicBoolean(true);

  private LlmStep wrongKeyThenNonsense(String call) {
    if (keyless.getAndSet(false)) {
      return stopped("no key in KEY");
    }
    return call.matches("explain L000/000000[0-4]") ? unscored("not JSON") : LlmStep.done();
  }

  private static void awaitPause(FakeControl control, String words) {
    while (control.states.stream().noneMatch(state -> state.startsWith("paused: " + words))) {
      Thread.onSpinWait();
    }
  }

  private String failingFidelity(String call) {
    if (broken.get() && call.startsWith("fidelity")) {
      throw Failures.toTemporal(PieCrustException.numeric("a NaN"));
    }
    return call;
  }

  private LlmStep whileBroken(String call, String where, LlmStep step) {
    return broken.get() && call.startsWith(where) ? step : LlmStep.done();
  }

  private static CampaignPlan plan(double failureShare) {
    return new CampaignPlan(
        List.of("ioi"), failureShare, new PrunePhases(false, false), true, true, 1, false);
  }

  private static CampaignPlan asking() {
    return new CampaignPlan(
        List.of("ioi"),
        0.3,
        new PrunePhases(false, false),
        true,
        true,
        1,
        false,
        0,
        true,
        Optional.empty());
  }

  private static CampaignPlan prunePlan() {
    return new CampaignPlan(List.of("ioi"), 0.2, new PrunePhases(false, false));
  }

  private static void result(CampaignWorkflow campaign) {
    WorkflowStub.fromTyped(campaign).getResult(Void.class);
  }
}
