package dev.piecrust.campaign;

import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;

/** What single methods take as parameters (docs/method.md §5). */
public record MethodSettings(
    @Key("Of the method fap-synergy.") SynergySpec synergy,
    @Key("Of the method factp.") FactpSpec factp,
    @Key("Of the methods fap-swap and circuit-swap.") SwapSpec swap,
    @Key("Of the method acdc.") AcdcSpec acdc,
    @Key(
            value =
                "Points at which the gradient is taken, on the way from everything removed to"
                    + " nothing.",
            name = "ig.points",
            group = "Of the method fap-ig.",
            in = "[1, ∞)",
            usual = "5")
        int igPoints,
    @Key(
            value = "Rounds in which the budget is filled.",
            name = "iterative.rounds",
            group = "Of the method fap-iterative.",
            in = "[1, ∞)",
            usual = "4")
        int iterativeRounds) {
  public MethodSettings {
    RecordKeys.check(
        MethodSettings.class, "prune", synergy, factp, swap, acdc, igPoints, iterativeRounds);
  }

  /** The paper's parameters, and docs/method.md's for what goes beyond it. */
  public static MethodSettings defaults() {
    return RecordKeys.usual(MethodSettings.class);
  }

  /** The same with other parameters of {@code fap-synergy}. */
  public MethodSettings with(SynergySpec other) {
    return new MethodSettings(other, factp, swap, acdc, igPoints, iterativeRounds);
  }

  /** The same with another pool of {@code factp}. */
  public MethodSettings with(FactpSpec other) {
    return new MethodSettings(synergy, other, swap, acdc, igPoints, iterativeRounds);
  }

  /** The same with other parameters of {@code fap-swap} and {@code circuit-swap}. */
  public MethodSettings with(SwapSpec other) {
    return new MethodSettings(synergy, factp, other, acdc, igPoints, iterativeRounds);
  }
}
