package dev.piecrust.ui;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.view.CampaignCard;
import dev.piecrust.view.Condition;
import dev.piecrust.view.EventLog;
import dev.piecrust.view.FidelityView;
import dev.piecrust.view.SpendView;
import dev.piecrust.view.TaskSummary;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One campaign.
 *
 * @param what it does, in a line
 * @param retries whether what failed can be tried again
 * @param failures the first of them
 * @param events the latest
 * @param training its curves as SVG; empty where nothing was trained
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
    SpendView spending,
    List<EventLog.Failure> failures,
    List<EventLog.Event> events,
    String training,
    List<ExportFormat> formats)
    implements TemplateInstance {
  static CampaignPage of(
      Shell shell,
      CampaignCard card,
      CampaignSpec spec,
      FidelityView fidelity,
      List<TaskSummary> looks,
      SpendView spending,
      List<EventLog.Failure> failures,
      List<EventLog.Event> events,
      String training) {
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
        spending,
        failures,
        events,
        training,
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
