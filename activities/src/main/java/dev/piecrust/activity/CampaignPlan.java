package dev.piecrust.activity;

import java.util.List;
import java.util.Optional;

/**
 * What a campaign's workflow needs of its spec.
 *
 * @param tasks names, in order
 * @param failureShare share of failed prompts past which the campaign stops
 * @param phases which optional stages there are
 * @param interpret whether features are explained
 * @param evaluate whether explanations are evaluated
 * @param concurrency features under way at once
 * @param paused whether the campaign was paused when it was last seen, and starts so
 * @param accepted how often somebody had it go on in spite of too many failures
 * @param asks whether language models will be asked, and are tried before anything is pruned; no in
 *     the plans of programs up to 0.6
 * @param queue of the campaign's subject, from which all devices take that have loaded it; absent
 *     in the plans of programs up to 0.6, whose campaigns hold one worker at a time
 * @param train how the transcoder is trained before all else; absent where it is there already
 * @param devices on how many devices it may be worked at once; absent for all there are
 */
public record CampaignPlan(
    List<String> tasks,
    double failureShare,
    PrunePhases phases,
    boolean interpret,
    boolean evaluate,
    int concurrency,
    boolean paused,
    int accepted,
    boolean asks,
    Optional<String> queue,
    Optional<TrainPlan> train,
    Optional<Integer> devices) {
  public CampaignPlan {
    tasks = List.copyOf(tasks);
  }

  /** A campaign that takes all the devices there are. */
  public CampaignPlan(
      List<String> tasks,
      double failureShare,
      PrunePhases phases,
      boolean interpret,
      boolean evaluate,
      int concurrency,
      boolean paused,
      int accepted,
      boolean asks,
      Optional<String> queue,
      Optional<TrainPlan> train) {
    this(
        tasks,
        failureShare,
        phases,
        interpret,
        evaluate,
        concurrency,
        paused,
        accepted,
        asks,
        queue,
        train,
        Optional.empty());
  }

  /** A campaign whose transcoder is there. */
  public CampaignPlan(
      List<String> tasks,
      double failureShare,
      PrunePhases phases,
      boolean interpret,
      boolean evaluate,
      int concurrency,
      boolean paused,
      int accepted,
      boolean asks,
      Optional<String> queue) {
    this(
        tasks,
        failureShare,
        phases,
        interpret,
        evaluate,
        concurrency,
        paused,
        accepted,
        asks,
        queue,
        Optional.empty());
  }

  /** A campaign that begins afresh, or paused, and tries no language model first. */
  public CampaignPlan(
      List<String> tasks,
      double failureShare,
      PrunePhases phases,
      boolean interpret,
      boolean evaluate,
      int concurrency,
      boolean paused) {
    this(
        tasks,
        failureShare,
        phases,
        interpret,
        evaluate,
        concurrency,
        paused,
        0,
        false,
        Optional.empty());
  }

  /** A campaign that only prunes. */
  public CampaignPlan(List<String> tasks, double failureShare, PrunePhases phases) {
    this(tasks, failureShare, phases, false, false, 1, false);
  }

  /** The same on all devices that have loaded its subject. */
  public CampaignPlan on(String subjectQueue) {
    return new CampaignPlan(
        tasks,
        failureShare,
        phases,
        interpret,
        evaluate,
        concurrency,
        paused,
        accepted,
        asks,
        Optional.of(subjectQueue),
        train,
        devices);
  }

  /** The same on so many devices at most. */
  public CampaignPlan onAtMost(int most) {
    return new CampaignPlan(
        tasks,
        failureShare,
        phases,
        interpret,
        evaluate,
        concurrency,
        paused,
        accepted,
        asks,
        queue,
        train,
        Optional.of(most));
  }
}
