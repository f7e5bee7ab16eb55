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
import java.util.stream.IntStream;

/** Book-keeping in lists, for tests to read. */
final class FakeControl implements ControlActivities {
  private final CampaignPlan plan;
  private final Optional<String> userError;
  private final int features;
  final List<String> states = new CopyOnWriteArrayList<>();
  final List<String> stages = new CopyOnWriteArrayList<>();
  final List<UnitFailure> parked = new CopyOnWriteArrayList<>();
  final CountDownLatch ended = new CountDownLatch(1);

  FakeControl(CampaignPlan plan) {
    this(plan, 0, Optional.empty());
  }

  /** With so many selected features. */
  FakeControl(CampaignPlan plan, int features) {
    this(plan, features, Optional.empty());
  }

  FakeControl(CampaignPlan plan, int features, Optional<String> userError) {
    this.plan = plan;
    this.features = features;
    this.userError = userError;
  }

  /** What was parked, as {@code STAGE|UNIT|REASON}. */
  List<String> parkedLines() {
    return parked.stream().map(f -> f.stage() + "|" + f.unit() + "|" + f.reason()).toList();
  }

  /** Waits until a state has been entered. */
  void awaitState(String state) throws InterruptedException {
    synchronized (states) {
      while (!states.contains(state)) {
        states.wait();
      }
    }
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
    return features;
  }

  @Override
  public List<FeatureId> selectedFeatures(String campaignId, int from, int to) {
    return IntStream.range(from, Math.min(to, features)).mapToObj(FakeControl::feature).toList();
  }

  /** The feature of this ordinal. */
  static FeatureId feature(int ordinal) {
    return new FeatureId(0, ordinal);
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
  public CampaignState reportEarly(String campaignId, String who) {
    states.add("finished early by " + who);
    return CampaignState.FINISHED;
  }

  @Override
  public void enterState(String campaignId, CampaignState state, String message) {
    synchronized (states) {
      states.add(message.isEmpty() ? state.words() : state.words() + ": " + message);
      states.notifyAll();
    }
    if (state.ended()) {
      ended.countDown();
    }
  }
}
