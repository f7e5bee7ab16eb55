package dev.piecrust.prune.method;

import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.Effect;
import dev.piecrust.prune.FeatureOccurrences;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.PromptSource;
import dev.piecrust.prune.Variants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Swaps of whole features (docs/method.md §6, {@code circuit-swap}): the sibling of {@link FapSwap}
 * for circuits. Swaps are judged by the mean objective over the training prompts, and made as long
 * as the validation prompts clearly agree.
 */
public final class CircuitSwap {
  /** Less is rounding. */
  private static final double LEAST_GAIN = 1e-6;

  private final PromptSource source;
  private final SwapSpec settings;
  private final List<Integer> training;
  private final List<Integer> validation;
  private final Beat beat;

  /**
   * @param training indices of the prompts that judge swaps, ascending
   * @param validation indices of the prompts that must agree, ascending
   */
  public CircuitSwap(
      PromptSource source,
      SwapSpec settings,
      List<Integer> training,
      List<Integer> validation,
      Beat beat) {
    this.source = source;
    this.settings = settings;
    this.training = List.copyOf(training);
    this.validation = List.copyOf(validation);
    this.beat = beat;
  }

  /**
   * A circuit from the first start, or from another that the validation prompts clearly prefer.
   *
   * @param starts circuits of one size, each best first
   * @param candidates features that may enter, best first
   */
  public List<FeatureId> improve(List<List<FeatureId>> starts, List<FeatureId> candidates) {
    List<FeatureId> circuit = starts.get(preferred(ofCircuits(starts)));
    for (int round = 0; round < settings.rounds(); round++) {
      beat.at("round %d at %d features".formatted(round + 1, circuit.size()));
      List<FeatureId> next = swapped(circuit, candidates);
      if (next.equals(circuit)) {
        return circuit;
      }
      circuit = next;
    }
    return circuit;
  }

  private List<double[]> ofCircuits(List<List<FeatureId>> circuits) {
    List<double[]> objectives = new ArrayList<>(); // by prompt, then by circuit
    source.forEach(
        validation,
        (index, run) -> {
          FeatureOccurrences places = new FeatureOccurrences(run.occurrences());
          double[] own = new double[circuits.size()];
          for (int c = 0; c < own.length; c++) {
            try (Variants kept = Variants.keeping(run, places.of(circuits.get(c)))) {
              own[c] = Objective.of(settings, run).applyAsDouble(kept.base());
            }
          }
          objectives.add(own);
        });
    return objectives;
  }

  private List<FeatureId> swapped(List<FeatureId> circuit, List<FeatureId> candidates) {
    Set<FeatureId> inside = new HashSet<>(circuit);
    List<FeatureId> pool =
        candidates.stream().filter(f -> !inside.contains(f)).limit(settings.pool()).toList();
    List<FeatureId> all = Stream.concat(circuit.stream(), pool.stream()).toList();
    int[] kept = IntStream.range(0, circuit.size()).toArray();
    int[] entering = IntStream.range(circuit.size(), all.size()).toArray();
    List<Change> single = new ArrayList<>();
    circuit.forEach(f -> single.add(new Change(List.of(f), List.of())));
    pool.forEach(f -> single.add(new Change(List.of(), List.of(f))));
    double[] objectives = means(objectives(training, circuit, single));
    Swaps swaps =
        Swaps.of(kept, entering, Arrays.copyOfRange(objectives, 1, objectives.length), i -> 0);
    int[] steps = swaps.steps();
    List<Change> together =
        IntStream.of(steps)
            .mapToObj(s -> new Change(pick(all, swaps.dropped(s)), pick(all, swaps.added(s))))
            .toList();
    double[] inTraining = means(objectives(training, circuit, together));
    List<double[]> inValidation = objectives(validation, circuit, together);
    for (int i = 0; i < steps.length; i++) {
      if (inTraining[i + 1] >= inTraining[0] - LEAST_GAIN) {
        int unhelpful = i + 1;
        inValidation.forEach(own -> own[unhelpful] = Double.POSITIVE_INFINITY);
      }
    }
    int best = preferred(inValidation);
    return best == 0 ? circuit : pick(all, swaps.applied(kept, steps[best - 1]));
  }

  /** Features that leave a circuit and features that enter it. */
  private record Change(List<FeatureId> dropped, List<FeatureId> added) {}

  /** By prompt: the objective of the circuit itself, and then after each change. */
  private List<double[]> objectives(
      List<Integer> prompts, List<FeatureId> circuit, List<Change> changes) {
    List<double[]> objectives = new ArrayList<>();
    source.forEach(
        prompts,
        (index, run) -> {
          beat.at("circuit of %d on prompt %d".formatted(circuit.size(), index));
          FeatureOccurrences places = new FeatureOccurrences(run.occurrences());
          try (Variants context = Variants.keeping(run, places.of(circuit))) {
            List<Effect> effects = new ArrayList<>(List.of(context.base()));
            effects.addAll(
                context.measure(
                    changes.stream()
                        .map(
                            c ->
                                OccurrenceSet.change(
                                    run.prompt(), places.of(c.dropped()), places.of(c.added())))
                        .toList(),
                    beat));
            objectives.add(effects.stream().mapToDouble(Objective.of(settings, run)).toArray());
          }
        });
    return objectives;
  }

  private static double[] means(List<double[]> byPrompt) {
    double[] means = new double[byPrompt.get(0).length];
    for (double[] own : byPrompt) {
      for (int i = 0; i < means.length; i++) {
        means[i] += own[i] / byPrompt.size();
      }
    }
    return means;
  }

  /**
   * The alternative that improves most on the first, by the mean over prompts, among those that
   * improve on it by more than the standard error of that mean; the first if there is none. A
   * smaller gain may be the luck of these prompts.
   */
  public static int preferred(List<double[]> byPrompt) {
    int best = 0;
    double most = LEAST_GAIN;
    for (int i = 1; i < byPrompt.get(0).length; i++) {
      int other = i;
      double[] gains = byPrompt.stream().mapToDouble(own -> own[0] - own[other]).toArray();
      double mean = Arrays.stream(gains).average().orElseThrow();
      double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
      double error = gains.length < 2 ? 0 : Math.sqrt(squares / (gains.length - 1) / gains.length);
      if (mean > most && mean > error) {
        most = mean;
        best = i;
      }
    }
    return best;
  }

  private static List<FeatureId> pick(List<FeatureId> features, int[] indices) {
    return IntStream.of(indices).mapToObj(features::get).toList();
  }
}
