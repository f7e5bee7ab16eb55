package dev.piecrust.workflow.feature;

import dev.piecrust.activity.LlmStep;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import dev.piecrust.workflow.campaign.SelfPause;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes a step until it has ended: one that waits is made again after a durable timer, one that met
 * the cap once the budget was raised, and one that was stopped once somebody lets it go on; of
 * these the campaign is told. Where the history is long, what waits is left for the workflow that
 * continues this one.
 */
final class LlmSteps {
  private final String campaignId;
  private final PauseControl gate;
  private final SelfPause pause;

  LlmSteps(String campaignId, PauseControl gate) {
    this.campaignId = campaignId;
    this.gate = gate;
    this.pause = new SelfPause(campaignId, gate);
  }

  /** Makes the step; returns how it ended. */
  LlmStep make(Supplier<LlmStep> call) {
    while (true) {
      gate.pass();
      int raises = gate.hold().raises();
      int releases = gate.hold().releases();
      LlmStep step = call.get();
      switch (step.state()) {
        case DONE, UNSCORED, NOTHING -> {
          return step;
        }
        case WAITING -> pause(Duration.ofSeconds(Math.max(1, step.waitSeconds())));
        case OVER_BUDGET -> close(step.reason(), raises);
        case STOPPED -> pause.mistaken(step.reason(), releases);
      }
    }
  }

  private static void pause(Duration time) {
    if (Workflow.getInfo().isContinueAsNewSuggested()) {
      throw new LeftForLater();
    }
    await(time);
  }

  /**
   * The timer outlives a cancellation, which needs no command then: Temporal's in-memory server
   * never recovers from one that cancels what has just happened.
   */
  private static void await(Duration time) {
    CompletablePromise<Void> over = Workflow.newPromise();
    Workflow.newDetachedCancellationScope(() -> over.completeFrom(Workflow.newTimer(time))).run();
    Workflow.await(over::isCompleted);
  }

  private void close(String reason, int raises) {
    if (gate.close(raises)) {
      Workflow.newExternalWorkflowStub(CampaignWorkflow.class, campaignId)
          .overBudget(reason, raises);
    }
  }
}
