package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.prune.OccurrenceFinder;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PairActivations;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.method.ScoringMethod;
import dev.piecrust.prune.method.ScoringMethods;
import dev.piecrust.prune.method.Selectors;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code scoreFeatures}: every occurrence of every prompt of a batch by every method
 * (docs/method.md §5).
 */
final class ScoreStage {
  private final Subject subject;
  private final PruneSpec spec;
  private final NDManager manager;
  private final OpenBatch open;
  private final Set<Method> methods;

  ScoreStage(Subject subject, PruneSpec spec, NDManager manager, OpenBatch open) {
    this.subject = subject;
    this.spec = spec;
    this.manager = manager;
    this.open = open;
    this.methods = new Selectors(spec).scored();
  }

  /**
   * Scores a batch; where memory does not suffice, in halves.
   *
   * @param from index of the first pair within its task
   */
  ScoredBatch score(List<TokenizedPair> pairs, int from, Pulse pulse) {
    return Halving.run(
        pairs.size(),
        subject.promptsThatFit(spec, pairs),
        (first, last) -> scorePart(pairs.subList(first, last), from + first, pulse),
        ScoreStage::merge,
        (item, reason) -> {
          open.close();
          return new ScoredBatch(List.of(), Map.of(from + item, reason));
        });
  }

  private ScoredBatch scorePart(List<TokenizedPair> pairs, int from, Pulse pulse) {
    pulse.check("occurrences of prompts " + from + " to " + (from + pairs.size() - 1));
    List<PairActivations> activations =
        new OccurrenceFinder(subject.model(), subject.transcoder())
            .find(manager, pairs, spec.corruption());
    List<Integer> indices = new ArrayList<>();
    List<TokenizedPair> sound = new ArrayList<>();
    List<Occurrences> occurrences = new ArrayList<>();
    Map<Integer, String> failures = new TreeMap<>();
    for (int b = 0; b < pairs.size(); b++) {
      try {
        occurrences.add(activations.get(b).occurrences(spec.corruption()));
        sound.add(pairs.get(b));
        indices.add(from + b);
      } catch (PieCrustException e) {
        failures.put(from + b, String.valueOf(e.getMessage()));
      }
    }
    return new ScoredBatch(scored(sound, occurrences, indices, failures, pulse), failures);
  }

  private List<ScoredPrompt> scored(
      List<TokenizedPair> pairs,
      List<Occurrences> occurrences,
      List<Integer> indices,
      Map<Integer, String> failures,
      Pulse pulse) {
    List<ScoredPrompt> prompts = new ArrayList<>();
    if (pairs.isEmpty()) {
      return prompts;
    }
    PruningBatch batch = open.of(subject, spec.corruption(), pairs, occurrences);
    Map<Method, List<List<float[]>>> scores = new LinkedHashMap<>(); // method → run → prompt
    for (Method method : methods) {
      pulse.check("scoring by " + method.label());
      List<List<float[]>> runs = new ArrayList<>();
      for (ScoringMethod run : ScoringMethods.runs(method, spec)) {
        runs.add(run.score(batch));
      }
      scores.put(method, runs);
    }
    for (int b = 0; b < pairs.size(); b++) {
      prompts.add(prompt(indices.get(b), occurrences.get(b), scores, b));
    }
    prompts.removeIf(prompt -> !finite(prompt, failures));
    return prompts;
  }

  private static ScoredPrompt prompt(
      int index, Occurrences occurrences, Map<Method, List<List<float[]>>> scores, int b) {
    Map<Method, List<float[]>> own = new LinkedHashMap<>();
    scores.forEach((method, runs) -> own.put(method, runs.stream().map(r -> r.get(b)).toList()));
    return new ScoredPrompt(index, occurrences, own);
  }

  private static boolean finite(ScoredPrompt prompt, Map<Integer, String> failures) {
    for (Map.Entry<Method, List<float[]>> scores : prompt.scores().entrySet()) {
      for (float[] run : scores.getValue()) {
        for (float score : run) {
          if (!Float.isFinite(score)) {
            failures.put(
                prompt.index(), "a score of " + scores.getKey().label() + " is not a number");
            return false;
          }
        }
      }
    }
    return true;
  }

  private static ScoredBatch merge(ScoredBatch a, ScoredBatch b) {
    List<ScoredPrompt> prompts = new ArrayList<>(a.prompts());
    prompts.addAll(b.prompts());
    Map<Integer, String> failures = new TreeMap<>(a.failures());
    failures.putAll(b.failures());
    return new ScoredBatch(prompts, failures);
  }
}
