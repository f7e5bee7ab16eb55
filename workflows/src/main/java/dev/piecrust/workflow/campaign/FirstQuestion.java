package dev.piecrust.workflow.campaign;

import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.feature.LlmOptions;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;

/**
 * Tries a campaign's language models before anything is pruned, so that one that cannot explain is
 * told so, and paused, before hours of work. Where no answer comes now, it begins to prune.
 */
final class FirstQuestion {
  private final String campaignId;
  private final PauseControl gate;
  private final CampaignCommands commands;
  private final LlmActivities llm =
      Workflow.newActivityStub(LlmActivities.class, LlmOptions.probe());

  FirstQuestion(String campaignId, PauseControl gate, CampaignCommands commands) {
    this.campaignId = campaignId;
    this.gate = gate;
    this.commands = commands;
  }

  /** Returns once work may begin. */
  void ask() {
    LlmStep.State state;
    do {
      gate.pass();
      int releases = gate.hold().releases();
      LlmStep step = answer();
      state = step.state();
      switch (state) {
        case STOPPED, UNSCORED -> commands.stopped(SelfPause.mistake(step.reason()), releases);
        case DONE, NOTHING, WAITING, OVER_BUDGET -> {
          // What these mean for questions is seen when they are asked.
        }
      }
    } while (state == LlmStep.State.STOPPED);
    gate.pass(); // a person who lets a refused request go on knows better
  }

  private LlmStep answer() {
    try {
      return llm.probe(campaignId);
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      Workflow.getLogger(FirstQuestion.class)
          .warn("no language model was tried first: {}", WorkflowFailures.sentence(e));
      return LlmStep.done();
    }
  }
}
