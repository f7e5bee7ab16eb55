package dev.piecrust.workflow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.evaluate.EvaluateWorkflowImpl;
import dev.piecrust.workflow.interpret.InterpretWorkflowImpl;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays, as {@link ReplayTest} does, a campaign that lost its GPU worker at its first batch,
 * whose three stages all continued as new, and whose failures were tried once more at its end: of
 * each stage the run that continued as new, and the last one.
 */
final class LongReplayTest {
  private static final String RELEASE = "0.4.0-";
  private static final int PROMPTS = 400;
  private static final int FEATURES = 800;

  private static final Map<String, Class<?>> WORKFLOWS =
      Map.of(
          "campaign", CampaignWorkflowImpl.class,
          "prune", PruneWorkflowImpl.class,
          "interpret", InterpretWorkflowImpl.class,
          "evaluate", EvaluateWorkflowImpl.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "campaign-retried",
        "prune-continued",
        "prune-retried",
        "interpret-continued",
        "interpret-retried",
        "evaluate-continued",
        "evaluate-retried"
      })
  void replaysALongCampaignThatLostItsWorkerAndTriedItsFailuresAgain(String name) {
    Class<?> workflow = requireNonNull(WORKFLOWS.get(name.substring(0, name.indexOf("-"))));
    assertThatCode(() -> Histories.replay(RELEASE + name, workflow)).doesNotThrowAnyException();
  }

  @Test
  @EnabledIfSystemProperty(named = "piecrust.record", matches = ".+")
  void records() throws Exception {
    FakeControl control = new FakeControl(plan(), FEATURES);
    CountDownLatch acquired = new CountDownLatch(1);
    FakeGpu gone = new FakeGpu("gone", PROMPTS, 1, call -> call);
    FakeGpu gpu =
        new FakeGpu(
            "own",
            PROMPTS,
            1,
            call -> {
              acquired.countDown();
              return call;
            });
    Stop beforeTheEnd = new Stop();
    FakeLlm llm = new FakeLlm(false, call -> answer(beforeTheEnd.at("score L000/0000799", call)));
    try (TestBench bench = new TestBench(control)) {
      bench.gpu(TaskQueues.GPU, new SessionsInTurn(gone, gpu));
      bench.gpu("own", gpu);
      bench.llm(llm);
      CampaignWorkflow campaign = bench.start();
      bench.skipTimeUntil(acquired);
      beforeTheEnd.awaitReached();
      campaign.retryFailed("ada");
      beforeTheEnd.release();
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
      Histories.write(bench, latest(TestBench.CAMPAIGN), "campaign-retried");
      for (String stage : List.of("prune/ioi", "interpret", "evaluate")) {
        String name = stage.replace("/ioi", "");
        WorkflowExecution first = bench.firstRun(TestBench.CAMPAIGN + "/" + stage);
        Histories.write(bench, first, name + "-continued");
        Histories.write(bench, latest(first.getWorkflowId()), name + "-retried");
      }
    }
  }

  private static LlmStep answer(String call) {
    return call.equals("explain L000/0000001")
        ? LlmStep.unscored("no JSON in the reply")
        : LlmStep.done();
  }

  private static WorkflowExecution latest(String workflowId) {
    return WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
  }

  private static CampaignPlan plan() {
    return new CampaignPlan(
        List.of("ioi"), 0.5, new PrunePhases(true, true), true, true, 16, false);
  }
}
