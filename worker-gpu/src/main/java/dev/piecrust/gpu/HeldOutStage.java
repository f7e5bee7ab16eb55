package dev.piecrust.gpu;

import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.MetricCurve;
import dev.piecrust.feature.MetricCurves;
import dev.piecrust.prune.CurveCheck;
import dev.piecrust.prune.FeatureOccurrences;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.Share;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code checkCircuits}: circuits on prompts that had no part in choosing them (docs/method.md §6).
 */
final class HeldOutStage {
  private final PromptLoop loop;
  private final PruneSpec spec;
  private final List<Circuit> circuits;
  private final Map<Integer, ChosenPrompt> chosen;

  /**
   * @param chosen what the choosing methods keep, by prompt index; for curves
   */
  HeldOutStage(
      PromptLoop loop, PruneSpec spec, List<Circuit> circuits, Map<Integer, ChosenPrompt> chosen) {
    this.loop = loop;
    this.spec = spec;
    this.circuits = circuits;
    this.chosen = chosen;
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
          return outcomes(run, prompt);
        });
  }

  /** Circuits that keep the same occurrences of the prompt are measured once. */
  private List<CircuitOutcome> outcomes(PromptRun run, ScoredPrompt prompt) {
    FeatureOccurrences places = new FeatureOccurrences(run.occurrences());
    List<int[]> keepSets = circuits.stream().map(c -> places.of(c.features())).toList();
    Map<List<Integer>, int[]> distinct = new LinkedHashMap<>();
    keepSets.forEach(set -> distinct.put(boxed(set), set));
    List<Fidelity> measured = new FidelityCheck(run).measure(new ArrayList<>(distinct.values()));
    Map<List<Integer>, Fidelity> fidelity = new LinkedHashMap<>();
    distinct.keySet().forEach(set -> fidelity.put(set, measured.get(fidelity.size())));
    Map<Circuit, MetricCurves> curves = curves(run, prompt, places);
    List<CircuitOutcome> outcomes = new ArrayList<>();
    for (int c = 0; c < circuits.size(); c++) {
      Circuit circuit = circuits.get(c);
      outcomes.add(
          new CircuitOutcome(
              circuit.task(),
              prompt.index(),
              Share.HELD_OUT.label(),
              circuit.method(),
              circuit.ranking(),
              circuit.budget(),
              keepSets.get(c).length,
              fidelity.getOrDefault(boxed(keepSets.get(c)), measured.get(0)),
              Optional.ofNullable(curves.get(circuit))));
    }
    return outcomes;
  }

  private Map<Circuit, MetricCurves> curves(
      PromptRun run, ScoredPrompt prompt, FeatureOccurrences places) {
    List<Circuit> measured =
        circuits.stream()
            .filter(circuit -> CircuitStage.hasCurves(spec, circuit) && circuit.ranksAll())
            .toList();
    if (measured.isEmpty()) {
      return Map.of();
    }
    List<CurveCheck.Order> orders = new ArrayList<>();
    for (Circuit circuit : measured) {
      List<FeatureId> ranked =
          Stream.concat(circuit.features().stream(), circuit.rest().stream()).toList();
      orders.add(new CurveCheck.Order(ranked.size(), size -> places.of(ranked.subList(0, size))));
      Selection own = selection(circuit.method(), prompt);
      orders.add(
          new CurveCheck.Order(
              run.occurrences().size(), size -> KeepSet.best(run.occurrences(), own, size)));
    }
    List<MetricCurve> curves = new CurveCheck(run, spec.corruption()).measure(orders);
    Map<Circuit, MetricCurves> byCircuit = new LinkedHashMap<>();
    for (int c = 0; c < measured.size(); c++) {
      byCircuit.put(measured.get(c), new MetricCurves(curves.get(2 * c), curves.get(2 * c + 1)));
    }
    return byCircuit;
  }

  private Selection selection(String label, ScoredPrompt prompt) {
    Method method =
        spec.promptMethods().stream()
            .filter(one -> one.label().equals(label))
            .findFirst()
            .orElseThrow();
    Map<Method, Selection> choices =
        Optional.ofNullable(chosen.get(prompt.index()))
            .map(ChosenPrompt::selections)
            .orElse(Map.of());
    return CircuitStage.selection(spec, method, prompt, choices);
  }

  private static List<Integer> boxed(int[] set) {
    return IntStream.of(set).boxed().toList();
  }
}
