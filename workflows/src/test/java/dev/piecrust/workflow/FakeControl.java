package dev.piecrust.workflow;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FeatureId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Book-keeping in lists, for tests to read. */
final class FakeControl implements ControlActivities {
  private final CampaignPlan plan;
  private final Optional<String> userError;
  final List<String> states = new CopyOnWriteArrayList<>();
  final List<String> stages = new CopyOnWriteArrayList<>();
  final List<UnitFailure> parked = new CopyOnWriteArrayList<>();
  final CountDownLatch ended = new CountDownLatch(1);

  FakeControl(CampaignPlan plan) {
    this(plan, Optional.empty());
  }

  FakeControl(CampaignPlan plan, Optional<String> userError) {
    this.plan = plan;
    this.userError = userError;
  }

  /** What was parked, as {@code STAGE|UNIT|REASON}. */
  List<String> parkedLines() {
    return parked.stream().map(f -> f.stage() + "|" + f.unit() + "|" + f.reason()).toList();
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
  public int selectFeatures(String campaignId) {
    return 0;
  }

  @Override
  public List<FeatureId> selectedFeatures(String campaignId, int from, int to) {
    return List.of();
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
    if (state.ended()) {
      ended.countDown();
    }
  }
}
