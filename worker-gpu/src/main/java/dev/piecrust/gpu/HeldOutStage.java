package dev.piecrust.gpu;

import dev.piecrust.activity.Pulse;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.prune.FeatureOccurrences;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.Share;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code checkCircuits}: circuits on prompts that had no part in choosing them (docs/method.md §6).
 */
final class HeldOutStage {
  private final PromptLoop loop;
  private final List<Circuit> circuits;

  HeldOutStage(PromptLoop loop, List<Circuit> circuits) {
    this.loop = loop;
    this.circuits = circuits;
  }

  /**
   * Judges every circuit on held-out prompts.
   *
   * @param pairs of the whole batch
   * @param from index of the first pair within its task
   */
  PromptLoop.Result<List<CircuitOutcome>> check(
      List<TokenizedPair> pairs, int from, List<ScoredPrompt> heldOut, Pulse pulse) {
    return loop.run(
        pairs,
        from,
        circuits.isEmpty() ? List.of() : heldOut,
        (run, pair, prompt) -> {
          pulse.check("circuits on prompt " + prompt.index());
          return outcomes(run, prompt.index());
        });
  }

  /** Circuits that keep the same occurrences of the prompt are measured once. */
  private List<CircuitOutcome> outcomes(PromptRun run, int index) {
    FeatureOccurrences places = new FeatureOccurrences(run.occurrences());
    List<int[]> keepSets = circuits.stream().map(c -> places.of(c.features())).toList();
    Map<List<Integer>, int[]> distinct = new LinkedHashMap<>();
    keepSets.forEach(set -> distinct.put(boxed(set), set));
    List<Fidelity> measured = new FidelityCheck(run).measure(new ArrayList<>(distinct.values()));
    Map<List<Integer>, Fidelity> fidelity = new LinkedHashMap<>();
    distinct.keySet().forEach(set -> fidelity.put(set, measured.get(fidelity.size())));
    List<CircuitOutcome> outcomes = new ArrayList<>();
    for (int c = 0; c < circuits.size(); c++) {
      Circuit circuit = circuits.get(c);
      outcomes.add(
          new CircuitOutcome(
              circuit.task(),
              index,
              Share.HELD_OUT.label(),
              circuit.method(),
              circuit.ranking(),
              circuit.budget(),
              keepSets.get(c).length,
              fidelity.getOrDefault(boxed(keepSets.get(c)), measured.get(0))));
    }
    return outcomes;
  }

  private static List<Integer> boxed(int[] set) {
    return java.util.stream.IntStream.of(set).boxed().toList();
  }
}
