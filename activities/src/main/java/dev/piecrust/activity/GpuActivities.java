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

  /**
   * Has a device take work from the queue of the campaign's subject: loads that, and takes from now
   * on what {@link TaskQueues#subject} names. On the shared queues: {@link TaskQueues#GPU} for the
   * first host, {@link TaskQueues#HOSTS} for all others. A device that works for others stays with
   * them where the subject has a host already, and so does every device once it has as many as the
   * campaign's spec allows: the request then goes back to the queue, so that a device that is free
   * later, or new, joins by itself.
   *
   * @return a host that has not answered the one who asks before
   */
  SubjectHost hostSubject(HostRequest request);

  /** Generates or reads a task's prompt pairs and checks them (docs/method.md §4). */
  PreparedTask prepareTask(TaskRef task);

  /** Scores every occurrence of every prompt of a batch by every method (docs/method.md §5). */
  BatchSummary scoreFeatures(PruneBatch batch);

  /**
   * Chooses the keep sets of those methods whose choice depends on the budget or takes many passes
   * (docs/method.md §5): the synergy rerank, exact effects, removal order, iterations and swaps.
   */
  BatchSummary rerankSynergy(PruneBatch batch);

  /** Measures the fidelity of every method's keep set at every budget (docs/method.md §6). */
  BatchSummary checkFidelity(PruneBatch batch);

  /**
   * Does all of a batch: its scores, its keep sets where a method of the spec takes {@link
   * #rerankSynergy}, and its fidelity, with a checkpoint after each. A failure names its stage as
   * its first detail.
   *
   * @return what the fidelity gave
   */
  BatchSummary pruneBatch(PruneBatch batch);

  /**
   * Says what has to be measured before {@link #chooseCircuits} can find all of {@code
   * circuit-swap} and {@code circuit-greedy} measured; nothing is measured here. Asked again and
   * again: the next question depends on the answers to the last one.
   *
   * @param task the whole task as one unit
   */
  CircuitQuestions askCircuits(PruneBatch task);

  /** Answers a question on the prompts of one batch, as a checkpoint. */
  void measureCircuits(CircuitShard shard);

  /**
   * Looks at a task's features over all its prompts (docs/method.md §6): counts and mean scores
   * (stage {@code features TASK}: gzip'd JSON lines of {@link dev.piecrust.feature.FeatureStats}),
   * and circuits chosen on the training prompts, those of methods that ask among them (stage {@code
   * circuits TASK}: gzip'd JSON lines of {@link dev.piecrust.feature.Circuit}, none without {@code
   * held_out}). Needs every batch of the task to be done or parked, and measures what {@link
   * #askCircuits} would still ask for.
   *
   * @param task the whole task as one unit, from 0 to its number of prompts
   */
  BatchSummary chooseCircuits(PruneBatch task);

  /**
   * Measures the circuits on a batch's held-out prompts, of which it may have none (stage {@code
   * held-out TASK}: gzip'd JSON lines of {@link dev.piecrust.feature.CircuitOutcome}).
   */
  BatchSummary checkCircuits(PruneBatch batch);
}
