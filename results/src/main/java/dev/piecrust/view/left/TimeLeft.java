package dev.piecrust.view.left;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.view.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a campaign still takes.
 *
 * @param seconds for all whose pace is known
 * @param unknown kinds of stages that come after that, and whose pace nobody knows yet
 */
public record TimeLeft(long seconds, List<String> unknown) {
  public TimeLeft {
    unknown = List.copyOf(unknown);
  }

  /** Such as {@code about 3 min left}. */
  public String words() {
    return "%s %s left".formatted(unknown.isEmpty() ? "about" : "more than", Numbers.span(seconds));
  }

  /** Such as {@code explain and evaluate}; empty for none. */
  public String unknownWords() {
    return String.join(" and ", unknown);
  }

  /**
   * From units left and what one takes.
   *
   * @param stages that were announced
   * @param features that are kept so far, which bounds how many are explained
   * @param sinceLast seconds since the last unit ended
   */
  public static TimeLeft of(
      CampaignSpec spec,
      List<StageProgress> stages,
      StageCosts costs,
      long features,
      double sinceLast) {
    double seconds = 0;
    List<String> unknown = new ArrayList<>();
    for (Map.Entry<String, Integer> stage : left(spec, stages, features).entrySet()) {
      String kind = StageKinds.of(stage.getKey());
      if (stage.getValue() > 0) {
        Optional<Double> cost = costs.of(kind);
        seconds += cost.orElse(0.0) * (StageKinds.atOnce(kind) ? 1 : stage.getValue());
        if (cost.isEmpty() && !unknown.contains(kind)) {
          unknown.add(kind);
        }
      }
    }
    double next = current(spec, stages, features).flatMap(costs::of).orElse(0.0);
    return new TimeLeft(Math.round(seconds - Math.min(sinceLast, next)), unknown);
  }

  /** The kind of the stage that takes its time in one piece, where that is under way. */
  private static Optional<String> current(
      CampaignSpec spec, List<StageProgress> stages, long features) {
    return left(spec, stages, features).entrySet().stream()
        .filter(stage -> stage.getValue() > 0)
        .map(stage -> StageKinds.of(stage.getKey()))
        .findFirst();
  }

  /** What is left of every stage, announced or not, in the order in which they begin. */
  private static Map<String, Integer> left(
      CampaignSpec spec, List<StageProgress> stages, long features) {
    Map<String, Integer> left = new LinkedHashMap<>();
    spec.train().ifPresent(wanted -> left.put(Stages.TRAIN, wanted.steps()));
    for (TaskSpec task : spec.tasks()) {
      Stages.of(task.name(), PrunePhases.of(spec.prune()))
          .forEach(stage -> left.put(stage, task.prompts()));
    }
    int explained = spec.interpret().map(wanted -> explained(wanted, features)).orElse(0);
    if (explained > 0) {
      left.put(FeatureStages.EVIDENCE, 1);
      left.put(FeatureStages.EXPLAIN, explained);
      spec.evaluate().ifPresent(wanted -> left.put(FeatureStages.EVALUATE, explained));
    }
    for (StageProgress stage : stages) {
      int ended = stage.done() + stage.failed();
      boolean atOnce = StageKinds.atOnce(StageKinds.of(stage.stage()));
      left.put(stage.stage(), atOnce && ended > 0 ? 0 : stage.total() - ended);
    }
    return left;
  }

  private static int explained(InterpretSpec wanted, long features) {
    return (int) Math.min(features, wanted.features().atMost());
  }
}
