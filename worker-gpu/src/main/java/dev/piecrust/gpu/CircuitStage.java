package dev.piecrust.gpu;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.prune.FeatureTally;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.Selection;
import dev.piecrust.prune.Share;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code chooseCircuits}: a task's features over all prompts, and circuits from its training
 * prompts (docs/method.md §6).
 */
final class CircuitStage {
  static final String KEPT_COUNT = "kept-count";
  static final String MEAN_SCORE = "mean-score";
  static final String SWAP = "swap";
  static final String GREEDY = "greedy";

  /** Choosing methods that carry another method's scores. */
  private static final Set<Method> BORROWED_SCORES =
      Set.of(Method.FAP_SYNERGY, Method.FAP_SWAP, Method.FAP_ITERATIVE);

  /** One method's counts over the prompts of different shares. */
  private static final class Tallies {
    private final FeatureTally all = new FeatureTally();
    private final FeatureTally chosenOn = new FeatureTally(); // training and validation

    void add(Share share, TaskScores.Prompt prompt, Selection selection) {
      all.add(prompt.scored().occurrences(), selection);
      if (share != Share.HELD_OUT) {
        chosenOn.add(prompt.scored().occurrences(), selection);
      }
    }
  }

  private final PruneSpec spec;
  private final String task;
  private final Share[] shares;
  private final Map<Method, Tallies> tallies = new LinkedHashMap<>();
  private final Set<Integer> prompts = new TreeSet<>();

  /** Reads all scores and keep sets. */
  CircuitStage(PruneSpec spec, String task, int prompts, TaskScores scores) {
    this.spec = spec;
    this.task = task;
    this.shares = Share.deal(prompts, spec.heldOut());
    Stream<Method> swapBase =
        spec.methods().contains(Method.CIRCUIT_SWAP) ? Stream.of(Method.FAP_IG) : Stream.empty();
    Stream.concat(spec.promptMethods().stream(), swapBase)
        .forEach(method -> tallies.put(method, new Tallies()));
    scores.forEach(this::add);
  }

  private void add(TaskScores.Prompt prompt) {
    int index = prompt.scored().index();
    prompts.add(index);
    tallies.forEach((method, tally) -> tally.add(shares[index], prompt, selection(method, prompt)));
  }

  private Selection selection(Method method, TaskScores.Prompt prompt) {
    return selection(spec, method, prompt.scored(), prompt.chosen().selections());
  }

  /** What a method keeps of a prompt: its choice, or the best by its scores of the first run. */
  static Selection selection(
      PruneSpec spec, Method method, ScoredPrompt prompt, Map<Method, Selection> chosen) {
    Selection choice = chosen.get(method);
    return choice != null
        ? choice
        : KeepSet.selection(
            prompt.occurrences(), prompt.scores().getOrDefault(method, List.of()).get(0), spec);
  }

  /** Every feature that a method keeps at least once, method by method. */
  List<FeatureStats> features() {
    return spec.promptMethods().stream()
        .flatMap(m -> tallies.getOrDefault(m, new Tallies()).all.stats(task, m.label()).stream())
        .toList();
  }

  /** Whether there are held-out prompts to judge circuits on. */
  boolean hasHeldOut() {
    return prompts.stream().anyMatch(i -> shares[i] == Share.HELD_OUT)
        && prompts.stream().anyMatch(i -> shares[i] == Share.TRAINING);
  }

  /** The circuits of every ranking at every budget, those of methods for circuits aside. */
  List<Circuit> ranked() {
    List<Circuit> circuits = new ArrayList<>();
    for (Method method : spec.promptMethods()) {
      rankings(tallies.getOrDefault(method, new Tallies()).chosenOn, method)
          .forEach(
              (ranking, features) ->
                  spec.budgets().forEach(n -> circuits.add(circuit(method, ranking, n, features))));
    }
    return circuits;
  }

  /** Whether a method's curves stand beside this circuit: its smallest, by its mean score. */
  static boolean hasCurves(PruneSpec spec, Circuit circuit) {
    return spec.curve()
        && circuit.budget() == spec.budgets().get(0)
        && spec.promptMethods().stream()
            .filter(method -> method.label().equals(circuit.method()))
            .anyMatch(method -> circuit.ranking().equals(ranking(method)));
  }

  /** How a method ranks features best. */
  private static String ranking(Method method) {
    return BORROWED_SCORES.contains(method) ? KEPT_COUNT : MEAN_SCORE;
  }

  private Map<String, List<FeatureId>> rankings(FeatureTally tally, Method method) {
    Map<String, List<FeatureId>> rankings = new LinkedHashMap<>();
    rankings.put(KEPT_COUNT, tally.byKeptCount(spec.budgets().get(0)));
    if (!BORROWED_SCORES.contains(method)) {
      rankings.put(MEAN_SCORE, tally.byScore());
    }
    return rankings;
  }

  private Circuit circuit(Method method, String ranking, int n, List<FeatureId> best) {
    int size = Math.min(n, best.size());
    Circuit circuit = new Circuit(task, method.label(), ranking, n, best.subList(0, size));
    return hasCurves(spec, circuit)
        ? new Circuit(
            task, method.label(), ranking, n, circuit.features(), best.subList(size, best.size()))
        : circuit;
  }

  /** Where swaps begin: the rankings of all methods, their own candidates first. */
  AskedCircuits.Start start() {
    if (!hasHeldOut()) {
      return new AskedCircuits.Start(List.of(), List.of());
    }
    int largest = Collections.max(spec.budgets());
    List<FeatureId> candidates =
        tallies.getOrDefault(Method.FAP_IG, new Tallies()).chosenOn.byScore();
    List<List<FeatureId>> starts = new ArrayList<>(List.of(candidates));
    tallies.forEach(
        (method, tally) -> {
          if (method != Method.RANDOM) {
            rankings(tally.chosenOn, method).values().forEach(starts::add);
          }
        });
    return new AskedCircuits.Start(
        starts.stream().map(ranking -> first(largest, ranking)).toList(),
        first(largest + spec.settings().swap().pool(), candidates));
  }

  private static List<FeatureId> first(int most, List<FeatureId> features) {
    return features.subList(0, Math.min(most, features.size()));
  }

  /** The prompts of {@code from} to {@code to} that are used for something. */
  static List<Integer> of(PruneSpec spec, int prompts, int from, int to, List<Share> wanted) {
    Share[] shares = Share.deal(prompts, spec.heldOut());
    return IntStream.range(from, to).filter(i -> wanted.contains(shares[i])).boxed().toList();
  }
}
