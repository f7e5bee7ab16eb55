package dev.piecrust.gpu;

import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Work on scored prompts, one after the other: numbers that are not finite, or a prompt that does
 * not fit into memory, are that prompt's failure alone.
 */
final class PromptLoop {
  /** Results in the order of the prompts, and the reasons of those that have none. */
  record Result<T>(List<T> results, Map<Integer, String> failures) {
    private static <T> Result<T> merge(Result<T> a, Result<T> b) {
      List<T> results = new ArrayList<>(a.results);
      results.addAll(b.results);
      Map<Integer, String> failures = new TreeMap<>(a.failures);
      failures.putAll(b.failures);
      return new Result<>(results, failures);
    }
  }

  /** The work on one prompt. */
  @FunctionalInterface
  interface Work<T> {
    T on(PromptRun run, TokenizedPair pair, ScoredPrompt prompt);
  }

  private final Subject subject;
  private final PruneSpec spec;
  private final OpenBatch open;

  PromptLoop(Subject subject, PruneSpec spec, OpenBatch open) {
    this.subject = subject;
    this.spec = spec;
    this.open = open;
  }

  /**
   * Works on prompts of one batch; where memory does not suffice, in halves.
   *
   * @param pairs of the whole batch
   * @param from index of the first pair within its task
   */
  <T> Result<T> run(List<TokenizedPair> pairs, int from, List<ScoredPrompt> prompts, Work<T> work) {
    if (prompts.isEmpty()) {
      return new Result<>(List.of(), Map.of());
    }
    return Halving.run(
        prompts.size(),
        subject.promptsThatFit(spec, pairs),
        (first, last) -> part(pairs, from, prompts.subList(first, last), work),
        Result::merge,
        (item, reason) -> {
          open.close();
          return new Result<>(List.of(), Map.of(prompts.get(item).index(), reason));
        });
  }

  private <T> Result<T> part(
      List<TokenizedPair> pairs, int from, List<ScoredPrompt> prompts, Work<T> work) {
    List<TokenizedPair> own = prompts.stream().map(p -> pairs.get(p.index() - from)).toList();
    List<T> results = new ArrayList<>();
    Map<Integer, String> failures = new TreeMap<>();
    PruningBatch batch =
        open.of(
            subject,
            spec.corruption(),
            own,
            prompts.stream().map(ScoredPrompt::occurrences).toList());
    for (int b = 0; b < prompts.size(); b++) {
      try (PromptRun run = new PromptRun(batch, b, spec.metric())) {
        results.add(work.on(run, own.get(b), prompts.get(b)));
      } catch (PieCrustException e) {
        if (e.category() != FailureCategory.NUMERIC) {
          throw e;
        }
        failures.put(prompts.get(b).index(), String.valueOf(e.getMessage()));
      }
    }
    return new Result<>(results, failures);
  }
}
