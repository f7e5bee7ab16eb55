package dev.piecrust.gpu;

import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.PromptPruning;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.Readout;
import dev.piecrust.prune.Selection;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code checkFidelity}: every method's keep set at every budget, prompt by prompt (docs/method.md
 * §6).
 */
final class FidelityStage {
  private final PromptLoop loop;
  private final PruneSpec spec;

  FidelityStage(PromptLoop loop, PruneSpec spec) {
    this.loop = loop;
    this.spec = spec;
  }

  /**
   * Measures prompts of a batch.
   *
   * @param pairs of the whole batch
   * @param from index of the first pair within its task
   * @param chosen what the choosing methods keep, by prompt index
   */
  PromptLoop.Result<List<PromptOutcome>> check(
      String task,
      List<TokenizedPair> pairs,
      int from,
      List<ScoredPrompt> prompts,
      Map<Integer, ChosenPrompt> chosen,
      Pulse pulse) {
    return loop.run(
        pairs,
        from,
        prompts,
        (run, pair, prompt) -> {
          pulse.check("fidelity of prompt " + prompt.index());
          Map<Method, Selection> selections =
              Optional.ofNullable(chosen.get(prompt.index()))
                  .map(ChosenPrompt::selections)
                  .orElse(Map.of());
          return outcomes(task, run, pair, prompt, selections);
        });
  }

  private List<PromptOutcome> outcomes(
      String task,
      PromptRun run,
      TokenizedPair pair,
      ScoredPrompt prompt,
      Map<Method, Selection> selections) {
    PromptPruning pruning =
        new PromptPruning(
            spec, prompt.occurrences(), new FidelityCheck(run), Optional.of(new Readout(run)));
    List<PromptOutcome> outcomes = new ArrayList<>();
    for (Method method : spec.promptMethods()) {
      Selection selection = selections.get(method);
      outcomes.add(
          selection == null
              ? pruning.ranked(
                  task,
                  prompt.index(),
                  pair.pair(),
                  method,
                  prompt.scores().getOrDefault(method, List.of()))
              : pruning.chosen(task, prompt.index(), pair.pair(), method, List.of(selection)));
    }
    return outcomes;
  }
}
