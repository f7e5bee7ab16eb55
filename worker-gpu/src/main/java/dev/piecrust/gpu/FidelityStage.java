package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.PromptPruning;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code checkFidelity}: every method's keep set at every budget, prompt by prompt (METHOD.md §6).
 */
final class FidelityStage {
  /** Outcomes and the reasons of those prompts that have none. */
  record Result(List<PromptOutcome> outcomes, Map<Integer, String> failures) {}

  private final Subject subject;
  private final PruneSpec spec;
  private final NDManager manager;

  FidelityStage(Subject subject, PruneSpec spec, NDManager manager) {
    this.subject = subject;
    this.spec = spec;
    this.manager = manager;
  }

  /**
   * Measures a scored batch; where memory does not suffice, in halves.
   *
   * @param pairs of the whole batch
   * @param from index of the first pair within its task
   */
  Result check(String task, List<TokenizedPair> pairs, int from, ScoredBatch scored, Pulse pulse) {
    Map<Integer, String> failures = new TreeMap<>(scored.failures());
    List<PromptOutcome> outcomes = new ArrayList<>();
    if (!scored.prompts().isEmpty()) {
      outcomes.addAll(
          Halving.run(
              scored.prompts().size(),
              (first, last) ->
                  checkPart(
                      task, pairs, from, scored.prompts().subList(first, last), failures, pulse),
              (a, b) -> {
                List<PromptOutcome> both = new ArrayList<>(a);
                both.addAll(b);
                return both;
              }));
    }
    return new Result(outcomes, failures);
  }

  private List<PromptOutcome> checkPart(
      String task,
      List<TokenizedPair> pairs,
      int from,
      List<ScoredPrompt> prompts,
      Map<Integer, String> failures,
      Pulse pulse) {
    List<TokenizedPair> own = prompts.stream().map(p -> pairs.get(p.index() - from)).toList();
    List<PromptOutcome> outcomes = new ArrayList<>();
    try (PruningBatch batch =
        new PruningBatch(
            manager,
            subject.model(),
            subject.transcoder(),
            own,
            prompts.stream().map(ScoredPrompt::occurrences).toList())) {
      for (int b = 0; b < prompts.size(); b++) {
        pulse.check("fidelity of prompt " + prompts.get(b).index());
        try {
          outcomes.addAll(outcomes(task, batch, b, prompts.get(b)));
        } catch (PieCrustException e) {
          if (e.category() != FailureCategory.NUMERIC) {
            throw e;
          }
          failures.put(prompts.get(b).index(), String.valueOf(e.getMessage()));
        }
      }
    }
    return outcomes;
  }

  private List<PromptOutcome> outcomes(
      String task, PruningBatch batch, int b, ScoredPrompt prompt) {
    List<PromptOutcome> outcomes = new ArrayList<>();
    try (FidelityCheck check = new FidelityCheck(batch, b, spec.metric())) {
      PromptPruning pruning = new PromptPruning(spec, prompt.occurrences(), check);
      for (Method method : spec.methods()) {
        outcomes.add(
            pruning.outcome(
                task,
                prompt.index(),
                batch.pair(b).pair(),
                method,
                prompt.scores().getOrDefault(method, List.of())));
      }
    }
    return outcomes;
  }
}
