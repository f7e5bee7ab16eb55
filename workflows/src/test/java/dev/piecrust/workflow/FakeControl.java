package dev.piecrust.workflow;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Book-keeping in lists, for tests to read. */
final class FakeControl implements ControlActivities {
  private final CampaignPlan plan;
  private final Optional<String> userError;
  final List<String> states = new CopyOnWriteArrayList<>();
  final List<String> stages = new CopyOnWriteArrayList<>();
  final List<UnitFailure> parked = new CopyOnWriteArrayList<>();

  FakeControl(CampaignPlan plan) {
    this(plan, Optional.empty());
  }

  FakeControl(CampaignPlan plan, Optional<String> userError) {
    this.plan = plan;
    this.userError = userError;
  }

  @Override
  public CampaignPlan plan(String campaignId) {
    userError.ifPresent(
        sentence -> {
          throw Failures.toTemporal(PieCrustException.user("%s", sentence));
        });
    return plan;
  }

  @Override
  public void openStage(String campaignId, String stage, int prompts) {
    stages.add(stage + ": " + prompts);
  }

  @Override
  public void parkUnit(UnitFailure failure) {
    parked.add(failure);
  }

  @Override
  public CampaignState report(String campaignId) {
    CampaignState end =
        parked.isEmpty() ? CampaignState.FINISHED : CampaignState.FINISHED_WITH_FAILURES;
    states.add(end.words());
    return end;
  }

  @Override
  public void enterState(String campaignId, CampaignState state, String message) {
    states.add(message.isEmpty() ? state.words() : state.words() + ": " + message);
  }
}
