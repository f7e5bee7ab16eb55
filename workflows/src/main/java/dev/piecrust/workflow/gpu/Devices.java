package dev.piecrust.workflow.gpu;

import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.TrainActivities;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Where a campaign's calls of GPU workers go. */
public interface Devices {
  /**
   * The devices of a campaign.
   *
   * @param queue of its subject; absent in campaigns that programs up to 0.6 began
   * @param gate what every call, and every repetition of one, has to pass
   */
  static Devices of(String campaignId, Optional<String> queue, PauseControl gate) {
    return queue
        .<Devices>map(subject -> new SubjectQueue(campaignId, subject, gate))
        .orElseGet(() -> new GpuLease(campaignId, gate));
  }

  /** Any device, whichever is free first, for the parts of a training. */
  static TrainActivities forTraining() {
    return Workflow.newActivityStub(TrainActivities.class, GpuOptions.training());
  }

  /** Calls an activity of pruning; fails as the activity did. */
  <T> T call(Function<GpuActivities, T> work);

  /** Calls an activity of stages II and III; fails as the activity did. */
  <T> T features(Function<FeatureActivities, T> work);

  /** How many calls it is worth to have under way at once, at least 1; it changes with devices. */
  int window();

  /**
   * Looks for devices as long as the work lasts, and returns what that gives.
   *
   * @param left how many calls are left that devices could work on side by side; it may change
   */
  <T> T during(IntSupplier left, Supplier<T> work);
}
