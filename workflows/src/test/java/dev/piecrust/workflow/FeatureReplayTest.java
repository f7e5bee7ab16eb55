package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.evaluate.EvaluateWorkflowImpl;
import dev.piecrust.workflow.interpret.InterpretWorkflowImpl;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.NonDeterministicException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays, as {@link ReplayTest} does, a campaign of all three stages that was paused while it
 * pruned, waited for a batch, lacked a reply, and met its cap while it evaluated.
 */
final class FeatureReplayTest {
  private static final Map<String, Class<?>> WORKFLOWS =
      Map.of(
          "campaign", CampaignWorkflowImpl.class,
          "prune", PruneWorkflowImpl.class,
          "interpret", InterpretWorkflowImpl.class,
          "evaluate", EvaluateWorkflowImpl.class);

  private static final Map<String, Class<?>> CHANGED =
      Map.of(
          "campaign", ChangedWorkflows.Campaign.class,
          "prune", ChangedWorkflows.Prune.class,
          "interpret", ChangedWorkflows.Interpret.class,
          "evaluate", ChangedWorkflows.Evaluate.class);

  @ParameterizedTest
  @ValueSource(strings = {"campaign", "prune", "interpret", "evaluate"})
  void replaysAPausedCampaignOfAllStages(String workflow) {
    String file = "histories/0.3.0-" + workflow + "-paused.json";
    assertThatCode(
            () ->
                WorkflowReplayer.replayWorkflowExecutionFromResource(file, WORKFLOWS.get(workflow)))
        .doesNotThrowAnyException();
  }

  /** So it is known that the replays notice what would break the campaigns that are open. */
  @ParameterizedTest
  @ValueSource(strings = {"campaign", "prune", "interpret", "evaluate"})
  void noticesAPlanThatDoesOneThingMoreThanItDidWhenItWasRecorded(String workflow) {
    String file = "histories/0.3.0-" + workflow + "-paused.json";
    assertThatThrownBy(
            () -> WorkflowReplayer.replayWorkflowExecutionFromResource(file, CHANGED.get(workflow)))
        .hasStackTraceContaining(NonDeterministicException.class.getName());
  }

  @Test
  @EnabledIfSystemProperty(named = "piecrust.record", matches = ".+")
  void records() throws Exception {
    Stop stop = new Stop();
    AtomicBoolean poor = new AtomicBoolean(true);
    AtomicBoolean early = new AtomicBoolean(true);
    FakeControl control = new FakeControl(plan(), 3);
    FakeGpu gpu = new FakeGpu("own", 20, 10, call -> stop.at("score", call));
    FakeLlm llm = new FakeLlm(true, call -> answer(call, poor, early));
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      CampaignWorkflow campaign = bench.start();
      stop.awaitReached();
      campaign.pause("ada");
      stop.release();
      campaign.resume("ada");
      control.awaitState("paused for budget: 0.10 USD are spent");
      poor.set(false);
      campaign.budgetRaised("ada");
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
      ReplayTest.write(bench, TestBench.CAMPAIGN, "campaign-paused");
      ReplayTest.write(bench, TestBench.CAMPAIGN + "/prune/ioi", "prune-paused");
      ReplayTest.write(bench, TestBench.CAMPAIGN + "/interpret", "interpret-paused");
      ReplayTest.write(bench, TestBench.CAMPAIGN + "/evaluate", "evaluate-paused");
    }
  }

  private static LlmStep answer(String call, AtomicBoolean poor, AtomicBoolean early) {
    if (call.equals("explain L000/0000001")) {
      return LlmStep.unscored("no JSON in the reply");
    }
    if (call.startsWith("explain") && early.getAndSet(false)) {
      return LlmStep.waiting(60, "the batch is under way");
    }
    return call.startsWith("rate ") && poor.get()
        ? LlmStep.overBudget("0.10 USD are spent")
        : LlmStep.done();
  }

  private static CampaignPlan plan() {
    return new CampaignPlan(List.of("ioi"), 0.5, new PrunePhases(true, true), true, true, 2, false);
  }
}
