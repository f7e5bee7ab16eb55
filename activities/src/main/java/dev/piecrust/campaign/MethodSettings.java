package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;

/**
 * What single methods take as parameters (docs/method.md §5).
 *
 * @param igPoints of {@code fap-ig}, 1 or more: points on the path at which the gradient is taken
 * @param iterativeRounds of {@code fap-iterative}, 1 or more: rounds in which the budget is filled
 */
public record MethodSettings(
    SynergySpec synergy,
    FactpSpec factp,
    SwapSpec swap,
    AcdcSpec acdc,
    int igPoints,
    int iterativeRounds) {
  public MethodSettings {
    Bounds.atLeast("prune.ig.points", igPoints, 1);
    Bounds.atLeast("prune.iterative.rounds", iterativeRounds, 1);
  }

  /** The paper's parameters, and docs/method.md's for what goes beyond it. */
  public static MethodSettings defaults() {
    return new MethodSettings(
        SynergySpec.defaults(),
        FactpSpec.defaults(),
        SwapSpec.defaults(),
        AcdcSpec.defaults(),
        5,
        4);
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
