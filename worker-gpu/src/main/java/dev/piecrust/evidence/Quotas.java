package dev.piecrust.evidence;

import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.feature.Stratum;
import java.util.Optional;

/**
 * How many examples a feature's evidence holds of each stratum: enough for an explanation and, on
 * top of it, for the samples that are rated.
 *
 * @param top of the very highest
 * @param each of HIGHEST, HIGH and MIDDLE
 * @param low of LOW, whose texts are also those that are continued under steering
 */
public record Quotas(int top, int each, int low) {
  private static final int STRATA = 4;

  /** What the stages after it need. */
  public static Quotas of(EvidenceSpec evidence, Optional<EvaluateSpec> evaluate) {
    int rated = evaluate.map(EvaluateSpec::ratedSamples).orElse(0);
    int topRated = (int) Math.ceil(rated * evaluate.map(EvaluateSpec::topShare).orElse(0.0));
    int each = evidence.perStratum() + (rated + STRATA - 1) / STRATA;
    int steered =
        evaluate.filter(EvaluateSpec::faithfulness).map(EvaluateSpec::steeredTexts).orElse(0);
    return new Quotas(evidence.top() + topRated, each, Math.max(each, steered));
  }

  int of(Stratum stratum) {
    return switch (stratum) {
      case TOP -> top;
      case LOW -> low;
      default -> each;
    };
  }

  /**
   * The share of windows whose activations must be remembered token by token so that every stratum
   * of a corpus can be drawn: those of the smallest lots. Six standard deviations above what is
   * needed.
   */
  double remembered(int windows) {
    double share = 0;
    for (Stratum stratum : Ranks.LOWER) {
      int wanted = of(stratum);
      double needed = wanted + 6 * Math.sqrt(wanted) + 20;
      double there = Ranks.to(stratum, windows) - Ranks.from(stratum, windows) - (double) top;
      share = Math.max(share, there > needed ? needed / there : 1);
    }
    return share;
  }
}
