package dev.piecrust.prune;

import static dev.piecrust.failure.PieCrustException.numeric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.feature.MetricCurve;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The task metric of one prompt against the share of what is active that is kept (docs/method.md
 * §6), at the shares of the Mechanistic Interpretability Benchmark; at 1 everything is kept and
 * nothing needs to be run.
 *
 * <p>What the transcoder does not explain, the error term, is {@code y − Σ_all} of the clean and of
 * the corrupted run. It stays clean, and in a second set of runs the difference of both is removed
 * as if it were one more unit outside of every keep set.
 */
public final class CurveCheck {
  private static final double[] SHARES = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

  private final PromptRun run;
  private final Optional<List<NDArray>> errors; // per layer [1, T, d]

  /**
   * Of one prompt; its corrupted run is made where error terms are to be removed too.
   *
   * @param corruption error terms are removed with {@link Corruption#PROMPT} alone: of zeroed
   *     activations there is no run to take them from
   */
  public CurveCheck(PromptRun run, Corruption corruption) {
    this.run = run;
    this.errors = corruption == Corruption.PROMPT ? Optional.of(errors(run)) : Optional.empty();
  }

  private static List<NDArray> errors(PromptRun run) {
    List<NDArray> errors = new ArrayList<>();
    try (NDManager part = run.manager().newSubManager()) {
      Trace corrupted =
          run.batch().model().trace(part, new TokenBatch(List.of(run.pair().corrupted())));
      for (int t = 0; t < run.all().size(); t++) {
        NDArray difference = run.clean().mlpOut().get(t).sub(corrupted.mlpOut().get(t));
        errors.add(
            difference.subi(run.all().get(t))); // belongs to the run, as its clean trace does
      }
    }
    return errors;
  }

  /** How many units each share keeps, rounded; ascending. */
  private static int[] sizes(int units) {
    return DoubleStream.of(SHARES)
        .mapToInt(share -> Math.toIntExact(Math.round(share * units)))
        .toArray();
  }

  /**
   * One curve for each order of units.
   *
   * @param orders how many units there are, and which occurrences so many of the best of them are
   */
  public List<MetricCurve> measure(List<Order> orders) {
    Map<List<Integer>, int[]> distinct = new LinkedHashMap<>();
    List<List<List<Integer>>> wanted = new ArrayList<>(); // by order and share
    distinct.put(List.of(), new int[0]);
    for (Order order : orders) {
      List<List<Integer>> own = new ArrayList<>();
      for (int size : sizes(order.units())) {
        int[] set = order.best().apply(size);
        List<Integer> key = IntStream.of(set).sorted().boxed().toList();
        distinct.putIfAbsent(key, set);
        own.add(key);
      }
      wanted.add(own);
    }
    List<List<Integer>> keys = List.copyOf(distinct.keySet());
    double[] kept = metrics(List.copyOf(distinct.values()), Optional.empty());
    Optional<double[]> patched =
        errors.map(error -> metrics(List.copyOf(distinct.values()), Optional.of(error)));
    return wanted.stream().map(own -> curve(own, keys, kept, patched)).toList();
  }

  /**
   * Units, the best first.
   *
   * @param units how many there are
   * @param best indices of the occurrences that so many of the best units are
   */
  public record Order(int units, IntFunction<int[]> best) {}

  private MetricCurve curve(
      List<List<Integer>> own,
      List<List<Integer>> keys,
      double[] kept,
      Optional<double[]> patched) {
    List<MetricCurve.Point> points = new ArrayList<>();
    for (int s = 0; s < SHARES.length; s++) {
      int at = keys.indexOf(own.get(s));
      points.add(
          new MetricCurve.Point(
              SHARES[s],
              own.get(s).size(),
              kept[at],
              patched.map(metrics -> metrics[at]).orElse(null)));
    }
    return new MetricCurve(
        run.cleanMetric(), kept[0], patched.map(metrics -> metrics[0]).orElse(null), points);
  }

  /** {@code m} of each set, [n]. */
  private double[] metrics(List<int[]> sets, Optional<List<NDArray>> error) {
    boolean last = run.metric().lastPositionOnly();
    long logits = (long) (last ? 1 : run.length()) * run.batch().model().vocabulary();
    int chunk = ForwardSize.variants(run.length(), logits);
    double[] metrics = new double[sets.size()];
    for (int from = 0; from < sets.size(); from += chunk) {
      int to = Math.min(sets.size(), from + chunk);
      try (NDManager part = run.manager().newSubManager()) {
        List<NDArray> removed = run.removingAllBut(part, sets.subList(from, to)); // [n, T, d]
        error.ifPresent(
            e -> IntStream.range(0, e.size()).forEach(t -> removed.get(t).addi(e.get(t))));
        NDArray hidden =
            run.batch()
                .model()
                .run(part, run.copies(to - from), new NDList(removed.toArray(NDArray[]::new)));
        NDArray read = last ? hidden.get(new NDIndex(":, -1:")) : hidden;
        float[] values =
            run.metric().value(run.batch().model().unembed(read), run.pair()).toFloatArray();
        for (int i = 0; i < values.length; i++) {
          metrics[from + i] = values[i];
        }
      }
    }
    if (!Arrays.stream(metrics).allMatch(Double::isFinite)) {
      throw numeric("the patched run of a keep set gave logits that are not numbers");
    }
    return metrics;
  }
}
