package dev.piecrust.view.campaign;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.campaign.TaskSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The stages of a campaign in groups, with what is still to come. */
final class Timeline {
  private static final Set<String> INTERPRET =
      Set.of(FeatureStages.EVIDENCE, FeatureStages.EXPLAIN);

  private Timeline() {}

  /**
   * @param rates what was seen of a stage's rate
   */
  static List<StageGroup> of(
      CampaignSpec spec, CampaignStatus status, Function<StageProgress, Optional<Double>> rates) {
    List<StageView> train = new ArrayList<>();
    List<StageView> prune = new ArrayList<>();
    List<StageView> interpret = new ArrayList<>();
    List<StageView> evaluate = new ArrayList<>();
    for (StageProgress stage : status.stages()) {
      StageView view = StageView.of(stage, rates.apply(stage));
      if (stage.stage().equals(Stages.TRAIN)) {
        train.add(view);
      } else if (INTERPRET.contains(stage.stage())) {
        interpret.add(view);
      } else if (stage.stage().equals(FeatureStages.EVALUATE)) {
        evaluate.add(view);
      } else {
        prune.add(view);
      }
    }
    List<StageGroup> groups = new ArrayList<>();
    spec.train()
        .ifPresent(
            wanted ->
                groups.add(new StageGroup("train", train, train.isEmpty() ? wanted.steps() : 0)));
    if (!spec.tasks().isEmpty()) {
      groups.add(new StageGroup("prune", prune, coming(spec, prune)));
    }
    spec.interpret().ifPresent(wanted -> groups.add(new StageGroup("interpret", interpret, 0)));
    spec.evaluate().ifPresent(wanted -> groups.add(new StageGroup("evaluate", evaluate, 0)));
    return groups;
  }

  /** Prompts of the tasks, stage by stage, that no stage has announced yet. */
  private static int coming(CampaignSpec spec, List<StageView> begun) {
    Set<String> names = new HashSet<>();
    begun.forEach(stage -> names.add(stage.name()));
    int coming = 0;
    for (TaskSpec task : spec.tasks()) {
      List<String> all = Stages.of(task.name(), PrunePhases.of(spec.prune()));
      boolean announced = all.stream().anyMatch(names::contains);
      coming += announced ? 0 : all.size() * task.prompts();
    }
    return coming;
  }
}
