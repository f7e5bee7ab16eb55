package dev.piecrust.view.compare;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Measures;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.view.compare.Comparing.Curve;
import dev.piecrust.view.compare.Comparing.Difference;
import dev.piecrust.view.compare.Comparing.Point;
import dev.piecrust.view.compare.Comparing.TaskCurves;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One task under several campaigns.
 *
 * @param task its name
 */
record ComparedTask(String task, List<Campaign> campaigns) {
  private static final Statistics STATISTICS = Statistics.standard();

  /** One of them, with what it measured on the task. */
  record Campaign(String id, CampaignSpec spec, Measures measured) {
    private Optional<TaskSpec> task(String name) {
      return spec.tasks().stream().filter(task -> task.name().equals(name)).findFirst();
    }
  }

  TaskCurves curves() {
    List<Curve> curves = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      for (Method method : campaign.spec().prune().promptMethods()) {
        curve(campaign, method.label()).ifPresent(curves::add);
      }
    }
    Campaign first = campaigns.get(0);
    campaigns.stream().skip(1).forEach(other -> differences.addAll(differences(other, first)));
    boolean same = campaigns.stream().allMatch(campaign -> samePrompts(campaign, first));
    return new TaskCurves(task, same, curves, differences);
  }

  private static Optional<Curve> curve(Campaign campaign, String method) {
    List<Integer> budgets = campaign.spec().prune().budgets();
    List<Estimate> estimates =
        STATISTICS.estimates(
            budgets.stream().map(budget -> campaign.measured().values(method, budget)).toList());
    List<Point> points =
        IntStream.range(0, budgets.size())
            .mapToObj(i -> new Point(budgets.get(i), estimates.get(i)))
            .filter(point -> point.klLast().n() > 0)
            .toList();
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(new Curve(campaign.id(), method, points));
  }

  private List<Difference> differences(Campaign campaign, Campaign first) {
    boolean paired = samePrompts(campaign, first);
    Set<String> methods = new LinkedHashSet<>();
    campaign.spec().prune().promptMethods().forEach(method -> methods.add(method.label()));
    Set<Integer> budgets = new TreeSet<>(campaign.spec().prune().budgets());
    budgets.retainAll(first.spec().prune().budgets());
    List<Difference> differences = new ArrayList<>();
    for (String method : methods) {
      for (int budget : budgets) {
        Estimate difference =
            paired
                ? STATISTICS.estimate(campaign.measured().minus(first.measured(), method, budget))
                : STATISTICS.difference(
                    campaign.measured().values(method, budget),
                    first.measured().values(method, budget));
        if (difference.mean().isPresent()) {
          differences.add(new Difference(campaign.id(), method, budget, difference, paired));
        }
      }
    }
    return differences;
  }

  /** The same spec of a task makes the same prompts, as long as the model reads them alike. */
  private boolean samePrompts(Campaign campaign, Campaign other) {
    return campaign.task(task).equals(other.task(task))
        && campaign.spec().subject().model().equals(other.spec().subject().model());
  }
}
