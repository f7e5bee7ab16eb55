package dev.piecrust.report;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.Scope;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.analysis.Analysis.KeptSets;
import dev.piecrust.report.analysis.OverlapCounter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goes through the kept occurrences of a task once, and keeps what is said of them all. */
final class KeptSetsReader {
  private final OutcomeReader outcomes;

  KeptSetsReader(OutcomeReader outcomes) {
    this.outcomes = outcomes;
  }

  KeptSets read(CampaignSpec spec, String task) {
    List<String> methods = spec.prune().promptMethods().stream().map(Method::label).toList();
    OverlapCounter overlaps = new OverlapCounter(methods, spec.prune().budgets());
    Map<Integer, Integer> occurrences = new HashMap<>();
    try {
      outcomes.forEachPrompt(
          spec,
          task,
          prompt -> {
            overlaps.add(prompt);
            count(spec, prompt, occurrences);
          });
    } catch (IOException e) {
      throw PieCrustException.external(
          "the outcomes of task %s could not be read".formatted(task), e);
    }
    return new KeptSets(overlaps.overlaps(), occurrences);
  }

  /** A budget that holds for each layer says nothing about the number kept in all. */
  private static void count(
      CampaignSpec spec, List<PromptOutcome> prompt, Map<Integer, Integer> occurrences) {
    if (spec.prune().scope() == Scope.GLOBAL) {
      prompt.forEach(outcome -> occurrences.put(outcome.index(), outcome.occurrences()));
    }
  }
}
