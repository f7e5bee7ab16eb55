package dev.piecrust.report.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads effective budgets off curves: the first budget at which the curve comes down to the wanted
 * KL, linear in KL against the logarithm of the budget between two measured points (budgets go by
 * factors, not by steps). Outside the curve it says so instead of a number; the curve ends where
 * every prompt keeps all it has.
 */
public final class EffectiveBudgets {
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  /** Resamples are independent, so the first are as good as any; reading curves takes its time. */
  private static final int RESAMPLES = 2000;

  private EffectiveBudgets() {}

  /**
   * Where a curve comes down to a KL, without an interval.
   *
   * @param kept ascending budgets of the curve, one or more
   * @param kl its mean at each of them, in nats
   */
  public static BudgetEstimate at(double[] kept, double[] kl, double wanted) {
    return estimate(read(kept, kl, wanted), kept);
  }

  /** Every method at each budget of the spec against every other method. */
  static List<EffectiveBudget> of(Curves curves, List<Integer> budgets) {
    List<EffectiveBudget> all = new ArrayList<>();
    for (Curve method : curves.all()) {
      for (int budget : budgets) {
        for (Curve other : curves.all()) {
          if (method != other && method.has(budget) && other.kept().length > 0) {
            all.add(one(method, budget, other, curves.prompts()));
          }
        }
      }
    }
    return all;
  }

  private static EffectiveBudget one(Curve method, int budget, Curve other, int prompts) {
    double[] kept = other.kept();
    BudgetEstimate at = estimate(read(kept, other.means(), method.mean(budget)), kept);
    Optional<BudgetEstimate> low = Optional.empty();
    Optional<BudgetEstimate> high = Optional.empty();
    if (prompts >= 2) {
      double[] wanted = method.resampled(budget); // [R]
      double[] found = new double[Math.min(RESAMPLES, wanted.length)];
      Arrays.setAll(found, r -> read(kept, other.means(r), wanted[r]));
      Arrays.sort(found);
      low = Optional.of(estimate(found[rank(LOW, found.length)], kept));
      high = Optional.of(estimate(found[rank(HIGH, found.length)], kept));
    }
    return new EffectiveBudget(method.method(), budget, other.method(), at, low, high);
  }

  /** Nearest rank: ends past the curve cannot be interpolated. */
  private static int rank(double share, int n) {
    return (int) Math.round(share * (n - 1));
  }

  /**
   * The budget of this KL; infinite past the ends of the curve.
   *
   * @param kept ascending
   * @param kl at each of them
   */
  static double read(double[] kept, double[] kl, double wanted) {
    if (kl[0] <= wanted) {
      return kl[0] == wanted ? kept[0] : Double.NEGATIVE_INFINITY;
    }
    for (int i = 1; i < kl.length; i++) {
      if (kl[i] <= wanted) {
        double share = (kl[i - 1] - wanted) / (kl[i - 1] - kl[i]);
        double below = Math.log(kept[i - 1]);
        return Math.exp(below + share * (Math.log(kept[i]) - below));
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  static BudgetEstimate estimate(double budget, double[] kept) {
    if (budget == Double.NEGATIVE_INFINITY) {
      return new BudgetEstimate.Below(kept[0]);
    }
    return budget == Double.POSITIVE_INFINITY
        ? new BudgetEstimate.Above(kept[kept.length - 1])
        : new BudgetEstimate.At(budget);
  }
}
