package dev.piecrust.ui;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.chart.HeatMap;
import dev.piecrust.store.features.FeatureLine;
import dev.piecrust.view.EventLog;
import dev.piecrust.view.FidelityView;
import dev.piecrust.view.ScoreSpread;
import dev.piecrust.view.TaskSummary;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.Condition;
import dev.piecrust.view.campaign.SpendView;
import dev.piecrust.view.train.TrainedFolder;
import dev.piecrust.view.train.TrainingView;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One campaign.
 *
 * @param what it does, in a line
 * @param retries whether what failed can be tried again
 * @param overlaps of what methods keep, once it has ended
 * @param first the first features of its list
 * @param spreads of the scores of its features
 * @param failures the first of them
 * @param events the latest
 * @param training how it goes, where it trains
 * @param trained what that came to, once it has ended
 * @param formats in which its results can be had
 */
record CampaignPage(
    Shell shell,
    CampaignCard card,
    String what,
    boolean retries,
    CampaignSpec spec,
    FidelityView fidelity,
    List<TaskSummary> looks,
    List<Heat> overlaps,
    List<FeatureLine> first,
    List<ScoreSpread> spreads,
    SpendView spending,
    List<EventLog.Failure> failures,
    List<EventLog.Event> events,
    Optional<TrainingView> training,
    Optional<TrainedFolder> trained,
    List<ExportFormat> formats)
    implements TemplateInstance {
  static CampaignPage of(
      Shell shell,
      CampaignCard card,
      CampaignSpec spec,
      FidelityView fidelity,
      List<TaskSummary> looks,
      List<HeatMap> overlaps,
      List<FeatureLine> first,
      List<ScoreSpread> spreads,
      SpendView spending,
      List<EventLog.Failure> failures,
      List<EventLog.Event> events,
      Optional<TrainingView> training,
      Optional<TrainedFolder> trained) {
    boolean retries =
        !failures.isEmpty() || (card.ended() && card.condition() != Condition.FINISHED);
    return new CampaignPage(
        shell,
        card,
        what(card, spec),
        retries,
        spec,
        fidelity,
        looks,
        overlaps.stream().map(Heat::of).toList(),
        first,
        spreads,
        spending,
        failures,
        events,
        training,
        trained,
        List.of(ExportFormat.values()));
  }

  private static String what(CampaignCard card, CampaignSpec spec) {
    String prompts =
        spec.tasks().stream()
            .map(task -> "%d %s prompts".formatted(task.prompts(), task.name()))
            .collect(Collectors.joining(", "));
    if (prompts.isEmpty()) {
      return "%s · trains %,d steps".formatted(card.subject(), spec.training().steps());
    }
    List<Integer> budgets = spec.prune().budgets().stream().sorted().toList();
    return "%s · %s · %d methods · K %d–%d"
        .formatted(
            card.subject(),
            prompts,
            spec.prune().methods().size(),
            budgets.get(0),
            budgets.get(budgets.size() - 1));
  }
}
