package dev.piecrust.activity;

import io.temporal.activity.ActivityInterface;

/**
 * Work on a GPU worker. Each activity is idempotent: it finds its own checkpoint by a hash of all
 * that decides its result, and a unit that is done is never done again. All heartbeat and can be
 * cancelled.
 */
@ActivityInterface
public interface GpuActivities {
  /** Loads the campaign's model and transcoder, or finds them loaded; on the shared queue. */
  GpuSession loadModel(String campaignId);

  /** Generates or reads a task's prompt pairs and checks them (METHOD.md §4). */
  PreparedTask prepareTask(TaskRef task);

  /** Scores every occurrence of every prompt of a batch by every method (METHOD.md §5). */
  BatchSummary scoreFeatures(PruneBatch batch);

  /** Measures the fidelity of every method's keep set at every budget (METHOD.md §6). */
  BatchSummary checkFidelity(PruneBatch batch);
}
