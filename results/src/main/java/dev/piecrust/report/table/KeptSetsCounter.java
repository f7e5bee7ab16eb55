package dev.piecrust.report.table;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.Scope;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.analysis.Analysis.KeptSets;
import dev.piecrust.report.analysis.OverlapCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the outcomes of a campaign, prompt by prompt, and keeps what is said of all kept sets. */
public final class KeptSetsCounter implements OutcomePass.Sink {
  private final CampaignSpec spec;
  private final Map<String, OverlapCounter> overlaps = new HashMap<>();
  private final Map<String, Map<Integer, Integer>> occurrences = new HashMap<>();

  public KeptSetsCounter(CampaignSpec spec) {
    this.spec = spec;
  }

  @Override
  public void accept(String task, List<PromptOutcome> prompt) {
    overlaps.computeIfAbsent(task, t -> overlaps()).add(prompt);
    prompt.forEach(outcome -> count(task, outcome.index(), outcome.occurrences()));
  }

  private OverlapCounter overlaps() {
    return new OverlapCounter(
        spec.prune().promptMethods().stream().map(Method::label).toList(), spec.prune().budgets());
  }

  /** A budget that holds for each layer says nothing about the number kept in all. */
  void count(String task, int prompt, int all) {
    if (spec.prune().scope() == Scope.GLOBAL) {
      occurrences.computeIfAbsent(task, t -> new HashMap<>()).put(prompt, all);
    }
  }

  KeptSets of(String task) {
    return new KeptSets(
        overlaps.getOrDefault(task, overlaps()).overlaps(),
        occurrences.getOrDefault(task, Map.of()));
  }
}
