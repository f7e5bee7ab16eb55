package dev.piecrust.prune.method;

import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.Share;
import dev.piecrust.prune.method.CircuitQuestion.Change;
import dev.piecrust.prune.method.CircuitQuestion.Measure;
import dev.piecrust.prune.method.CircuitQuestion.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Swaps of whole features (docs/method.md §6, {@code circuit-swap}): the sibling of {@link FapSwap}
 * for circuits. Swaps are judged by the mean objective over the training prompts, and made as long
 * as the validation prompts clearly agree. What is measured is asked of others, question by
 * question.
 */
public final class CircuitSwap {
  /** Less is rounding. */
  private static final double LEAST_GAIN = 1e-6;

  private final SwapSpec settings;
  private final Share[] shares;
  private final Answers answers;

  /** Who answers. */
  @FunctionalInterface
  public interface Answers {
    /** The answer of each prompt that is asked, by its index within the task. */
    SortedMap<Integer, List<Double>> to(CircuitQuestion question);
  }

  /**
   * Swaps for one task.
   *
   * @param shares what each of its prompts is used for: training prompts judge swaps, and
   *     validation prompts must agree
   */
  public CircuitSwap(SwapSpec settings, Share[] shares, Answers answers) {
    this.settings = settings;
    this.shares = shares.clone();
    this.answers = answers;
  }

  /**
   * A circuit from the first start, or from another that the validation prompts clearly prefer.
   *
   * @param starts circuits of one size, each best first
   * @param candidates features that may enter, best first
   */
  public List<FeatureId> improve(List<List<FeatureId>> starts, List<FeatureId> candidates) {
    List<Trial> trials = starts.stream().map(start -> new Trial(start, List.of())).toList();
    List<FeatureId> circuit =
        starts.get(preferred(objectives(asked(trials, Share.VALIDATION), Share.VALIDATION)));
    for (int round = 0; round < settings.rounds(); round++) {
      List<FeatureId> next = swapped(circuit, candidates);
      if (next.equals(circuit)) {
        return circuit;
      }
      circuit = next;
    }
    return circuit;
  }

  private SortedMap<Integer, List<Double>> asked(List<Trial> trials, Share... asked) {
    return answers.to(
        new CircuitQuestion(Measure.OBJECTIVES, shares.length, List.of(asked), trials));
  }

  /** By prompt of a share, in order. */
  private List<double[]> objectives(SortedMap<Integer, List<Double>> byPrompt, Share share) {
    List<double[]> objectives = new ArrayList<>();
    byPrompt.forEach(
        (prompt, own) -> {
          if (shares[prompt] == share) {
            objectives.add(own.stream().mapToDouble(Double::doubleValue).toArray());
          }
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
    double[] objectives =
        means(
            objectives(asked(List.of(new Trial(circuit, single)), Share.TRAINING), Share.TRAINING));
    Swaps swaps =
        Swaps.of(kept, entering, Arrays.copyOfRange(objectives, 1, objectives.length), i -> 0);
    int[] steps = swaps.steps();
    List<Change> together =
        IntStream.of(steps)
            .mapToObj(s -> new Change(pick(all, swaps.dropped(s)), pick(all, swaps.added(s))))
            .toList();
    SortedMap<Integer, List<Double>> both =
        asked(List.of(new Trial(circuit, together)), Share.TRAINING, Share.VALIDATION);
    double[] inTraining = means(objectives(both, Share.TRAINING));
    List<double[]> inValidation = objectives(both, Share.VALIDATION);
    for (int i = 0; i < steps.length; i++) {
      if (inTraining[i + 1] >= inTraining[0] - LEAST_GAIN) {
        int unhelpful = i + 1;
        inValidation.forEach(own -> own[unhelpful] = Double.POSITIVE_INFINITY);
      }
    }
    int best = preferred(inValidation);
    return best == 0 ? circuit : pick(all, swaps.applied(kept, steps[best - 1]));
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
