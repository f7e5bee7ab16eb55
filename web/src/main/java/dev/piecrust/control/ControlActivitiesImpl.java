package dev.piecrust.control;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TrainPlan;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.failure.Failures;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Stores;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Book-keeping of campaigns in the database. */
public final class ControlActivitiesImpl implements ControlActivities {
  private static final int BATCHED = 1000;

  private final Stores stores;
  private final CampaignEnding ending;
  private final FeatureSelection selection;

  public ControlActivitiesImpl(Stores stores, ArtifactStore artifacts, Reports reports) {
    this.stores = stores;
    this.ending = new CampaignEnding(stores.campaigns(), stores.features(), reports);
    this.selection = new FeatureSelection(stores, artifacts);
  }

  @Override
  public CampaignPlan plan(String campaignId) {
    return call(
        () -> {
          CampaignSpec spec = stores.campaigns().spec(campaignId);
          return new CampaignPlan(
              spec.tasks().stream().map(TaskSpec::name).toList(),
              spec.limits().failureShare(),
              PrunePhases.of(spec.prune()),
              spec.interpret().isPresent(),
              spec.evaluate().isPresent(),
              spec.interpret().map(wanted -> atOnce(wanted.llm())).orElse(1),
              stores.campaigns().status(campaignId).state() == CampaignState.PAUSED,
              CampaignSteering.accepted(stores.campaigns(), campaignId),
              !spec.askedModels().isEmpty(),
              Optional.of(stores.campaigns().subjectQueue(campaignId)),
              spec.train().map(training -> new TrainPlan(training.parts(), training.steps())),
              spec.limits().devices());
        });
  }

  /** A batch is the larger, and the cheaper in time, the more features wait for it together. */
  private static int atOnce(LlmSpec llm) {
    boolean batched = llm.all().stream().anyMatch(one -> one.schedule() == LlmSchedule.BATCH);
    return batched ? BATCHED : llm.concurrency();
  }

  @Override
  public int selectFeatures(String campaignId) {
    return call(() -> selection.select(campaignId));
  }

  @Override
  public List<FeatureId> selectedFeatures(String campaignId, int from, int to) {
    return call(
        () ->
            stores.features().selected(campaignId, from, to).stream()
                .map(SelectedFeature::feature)
                .toList());
  }

  @Override
  public void openStage(String campaignId, String stage, int prompts) {
    run(() -> stores.campaigns().openStage(campaignId, stage, prompts));
  }

  @Override
  public void parkUnit(UnitFailure failure) {
    run(
        () -> {
          if (stores.units().park(failure)) {
            String message =
                "%s of %s: %s".formatted(failure.unit(), failure.stage(), failure.reason());
            stores.campaigns().event(failure.campaignId(), "parked", message, "piecrust");
          }
        });
  }

  @Override
  public CampaignState report(String campaignId) {
    return call(() -> ending.end(campaignId));
  }

  @Override
  public CampaignState reportEarly(String campaignId, String who) {
    return call(() -> ending.endEarly(campaignId, who));
  }

  @Override
  public void enterState(String campaignId, CampaignState state, String message) {
    run(() -> stores.campaigns().enter(campaignId, state, message));
  }

  private static void run(Runnable work) {
    call(
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }

  private static <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    }
  }
}
