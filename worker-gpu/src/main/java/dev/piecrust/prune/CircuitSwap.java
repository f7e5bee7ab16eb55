package dev.piecrust.prune;

import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.feature.FeatureId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Swaps of whole features (METHOD.md §6, {@code circuit-swap}): the sibling of {@link FapSwap} for
 * circuits. Swaps are judged by the mean objective over the training prompts, and made as long as
 * the validation prompts agree.
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
   * A circuit from the start that does best on the validation prompts.
   *
   * @param starts circuits of one size, each best first
   * @param candidates features that may enter, best first
   */
  public List<FeatureId> improve(List<List<FeatureId>> starts, List<FeatureId> candidates) {
    List<FeatureId> circuit = starts.get(best(ofCircuits(starts)));
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

  private double[] ofCircuits(List<List<FeatureId>> circuits) {
    double[] sums = new double[circuits.size()];
    source.forEach(
        validation,
        (index, run) -> {
          FeatureOccurrences places = new FeatureOccurrences(run.occurrences());
          for (int c = 0; c < sums.length; c++) {
            try (Variants kept = Variants.keeping(run, places.of(circuits.get(c)))) {
              sums[c] += Objective.of(settings, run).applyAsDouble(kept.base());
            }
          }
        });
    return sums;
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
    double[] objectives = means(training, circuit, single);
    Swaps swaps =
        Swaps.of(kept, entering, Arrays.copyOfRange(objectives, 1, objectives.length), i -> 0);
    int[] steps = swaps.steps();
    List<Change> together =
        IntStream.of(steps)
            .mapToObj(s -> new Change(pick(all, swaps.dropped(s)), pick(all, swaps.added(s))))
            .toList();
    int step =
        agreed(steps, means(training, circuit, together), means(validation, circuit, together));
    return step == 0 ? circuit : pick(all, swaps.applied(kept, step));
  }

  /** The step that does best on the validation prompts among those that help in training. */
  private static int agreed(int[] steps, double[] training, double[] validation) {
    int step = 0;
    double least = validation[0] - LEAST_GAIN;
    for (int i = 0; i < steps.length; i++) {
      if (training[i + 1] < training[0] - LEAST_GAIN && validation[i + 1] < least) {
        least = validation[i + 1];
        step = steps[i];
      }
    }
    return step;
  }

  /** Features that leave a circuit and features that enter it. */
  private record Change(List<FeatureId> dropped, List<FeatureId> added) {}

  /** The mean objective of the circuit itself, and then after each change. */
  private double[] means(List<Integer> prompts, List<FeatureId> circuit, List<Change> changes) {
    double[] means = new double[1 + changes.size()];
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
            for (int i = 0; i < means.length; i++) {
              means[i] +=
                  Objective.of(settings, run).applyAsDouble(effects.get(i)) / prompts.size();
            }
          }
        });
    return means;
  }

  private static List<FeatureId> pick(List<FeatureId> features, int[] indices) {
    return IntStream.of(indices).mapToObj(features::get).toList();
  }

  private static int best(double[] objectives) {
    int best = 0;
    for (int i = 1; i < objectives.length; i++) {
      best = objectives[i] < objectives[best] - LEAST_GAIN ? i : best;
    }
    return best;
  }
}
