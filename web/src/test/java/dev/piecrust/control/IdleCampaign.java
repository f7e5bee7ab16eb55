package dev.piecrust.control;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** A campaign that does nothing but remember what it was asked, until it is cancelled. */
public final class IdleCampaign implements CampaignWorkflow {
  private final List<String> asked = new ArrayList<>();
  private CampaignState state = CampaignState.RUNNING;

  @Override
  public void run(String campaignId) {
    Workflow.await(() -> state == CampaignState.CANCELLED);
  }

  @Override
  public void pause(String who) {
    asked.add("pause");
  }

  @Override
  public void validatePause(String who) {
    requireName(who);
    if (asked.contains("pause")) {
      throw new IllegalArgumentException("campaign is paused already");
    }
  }

  @Override
  public void resume(String who) {
    asked.add("resume");
  }

  @Override
  public void validateResume(String who) {
    if (!asked.contains("pause")) {
      throw new IllegalArgumentException("campaign is not paused");
    }
  }

  @Override
  public void finish(String who) {
    state = CampaignState.CANCELLED;
  }

  @Override
  public void validateFinish(String who) {
    if (!asked.equals(List.of("pause", "resume", "raise", "retry"))) {
      throw new IllegalArgumentException("was asked for " + asked);
    }
  }

  @Override
  public void budgetRaised(String who) {
    asked.add("raise");
  }

  @Override
  public void validateBudgetRaised(String who) {
    requireName(who);
  }

  @Override
  public void retryFailed(String who) {
    asked.add("retry");
  }

  @Override
  public void validateRetryFailed(String who) {
    requireName(who);
  }

  @Override
  public void cancel(String who) {
    state = CampaignState.CANCELLED;
  }

  @Override
  public void validateCancel(String who) {
    if (who.isBlank()) {
      throw new IllegalArgumentException("who cancels must be named");
    }
  }

  @Override
  public void overBudget(String reason, int raises) {
    asked.add("over budget");
  }

  @Override
  public void stopped(String message, int releases) {}

  @Override
  public CampaignState state() {
    return state;
  }

  private static void requireName(String who) {
    if (who.isBlank()) {
      throw new IllegalArgumentException("who asks must be named");
    }
  }
}
