package dev.piecrust.gpu;

import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.method.Selectors;
import dev.piecrust.task.TokenizedPair;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code rerankSynergy}: the keep sets of the methods that choose (docs/method.md §5). */
final class RerankStage {
  private final PromptLoop loop;
  private final Selectors selectors;

  RerankStage(PromptLoop loop, PruneSpec spec) {
    this.loop = loop;
    this.selectors = new Selectors(spec);
  }

  /**
   * Chooses for every prompt of a scored batch.
   *
   * @param pairs of the whole batch
   * @param from index of the first pair within its task
   */
  PromptLoop.Result<ChosenPrompt> choose(
      List<TokenizedPair> pairs, int from, List<ScoredPrompt> prompts, Pulse pulse) {
    return loop.run(
        pairs,
        from,
        prompts,
        (run, pair, prompt) ->
            new ChosenPrompt(
                prompt.index(),
                selectors.select(
                    run,
                    firstRuns(prompt),
                    what -> pulse.check("prompt " + prompt.index() + ": " + what))));
  }

  private static PromptScores firstRuns(ScoredPrompt prompt) {
    Map<Method, float[]> first = new EnumMap<>(Method.class);
    prompt.scores().forEach((method, runs) -> first.put(method, runs.get(0)));
    return new PromptScores(first);
  }
}
