package dev.piecrust.prune.method;

import dev.piecrust.campaign.SynergySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One budget's core, boundary and partners, and the choice among them (docs/method.md §5,
 * "FAP-Synergy", whose five steps these are).
 */
final class SynergyBoundary {
  private static final double LEAST_MEDIAN = 1e-6;

  private final int[] order;
  private final int budget;
  private final float[] fap;
  private final SynergySpec settings;
  private final int[] core;
  private final int[] boundary;
  private final int[] partners;
  private final int[][] sampled; // partners of each occurrence of the boundary
  private int[] kept = {};

  /**
   * @param order candidates by {@code |fap|}, best first
   * @param budget {@code K}, capped at the number of candidates
   * @param fap by occurrence, [n]
   */
  SynergyBoundary(int[] order, int budget, float[] fap, SynergySpec settings, long seed) {
    this.order = order;
    this.budget = Math.min(budget, order.length);
    this.fap = fap;
    this.settings = settings;
    int half = (int) Math.rint(settings.boundaryPercent() / 100 * this.budget / 2);
    int coreSize = Math.max(0, this.budget - half);
    int end = Math.min(order.length, this.budget + half);
    this.core = Arrays.copyOf(order, coreSize);
    this.boundary =
        Arrays.copyOfRange(order, coreSize, Math.min(end, coreSize + settings.boundaryCap()));
    this.partners = Arrays.copyOf(core, Math.min(settings.partners(), coreSize));
    SplittableRandom random = new SplittableRandom(seed + budget);
    this.sampled = new int[boundary.length][];
    Arrays.setAll(sampled, c -> sample(random));
  }

  private int[] sample(SplittableRandom random) {
    int[] shuffled = partners.clone();
    int wanted = Math.min(settings.partnersPerCandidate(), shuffled.length);
    for (int i = 0; i < wanted; i++) {
      int j = i + random.nextInt(shuffled.length - i);
      int swapped = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swapped;
    }
    return Arrays.copyOf(shuffled, wanted);
  }

  /** Occurrences whose own removal must be measured. */
  IntStream singles() {
    return boundary.length == 0
        ? IntStream.empty()
        : IntStream.concat(IntStream.of(partners), IntStream.of(boundary));
  }

  /**
   * Pairs whose removal must be measured: both must matter by themselves.
   *
   * @param effect of removing a set, {@code m_clean − m(patched)}
   */
  Stream<int[]> pairs(ToDoubleFunction<int[]> effect) {
    List<int[]> pairs = new ArrayList<>();
    for (int c = 0; c < boundary.length; c++) {
      for (int partner : sampled[c]) {
        if (alone(effect, boundary[c]) > 0 && alone(effect, partner) > 0) {
          pairs.add(new int[] {boundary[c], partner});
        }
      }
    }
    return pairs.stream();
  }

  /**
   * Chooses among the boundary.
   *
   * @param effect of removing a set, here of the singles and the pairs above
   */
  void decide(ToDoubleFunction<int[]> effect) {
    double scoreScale =
        median(IntStream.of(order).limit(budget).mapToDouble(i -> Math.abs(fap[i])));
    double effectScale =
        median(
            IntStream.of(boundary.length == 0 ? new int[0] : partners)
                .mapToDouble(i -> Math.abs(alone(effect, i))));
    double[] boosted = new double[boundary.length];
    for (int c = 0; c < boundary.length; c++) {
      boosted[c] =
          Math.abs(fap[boundary[c]]) / Math.max(LEAST_MEDIAN, scoreScale)
              + settings.lambda()
                  * Math.max(0, synergy(c, effect))
                  / Math.max(LEAST_MEDIAN, effectScale);
    }
    IntStream best =
        IntStream.range(0, boundary.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -boosted[c]))
            .mapToInt(c -> boundary[c]);
    kept =
        IntStream.concat(IntStream.concat(IntStream.of(core), best), IntStream.of(order))
            .distinct()
            .limit(budget)
            .toArray();
  }

  /** The median synergy of an occurrence of the boundary with its partners; 0 if none counts. */
  private double synergy(int c, ToDoubleFunction<int[]> effect) {
    int candidate = boundary[c];
    double own = alone(effect, candidate);
    return median(
        IntStream.of(sampled[c])
            .filter(p -> alone(effect, p) > 0 && own > 0)
            .mapToDouble(
                p -> effect.applyAsDouble(new int[] {candidate, p}) - own - alone(effect, p)));
  }

  private static double alone(ToDoubleFunction<int[]> effect, int occurrence) {
    return effect.applyAsDouble(new int[] {occurrence});
  }

  /** Best first. */
  int[] kept() {
    return kept.clone();
  }

  /** Of an even count the lower of both middle values, as the paper's code has it. */
  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }
}
