package dev.piecrust.spec;

import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.SwapSpec;

/** The groups of {@code prune:} that belong to single methods. */
final class MethodSettingsKeys {
  static final YamlChoice<SwapSpec.Objective> OBJECTIVES =
      new YamlChoice<>(SwapSpec.Objective.class, SwapSpec.Objective::label);

  private static final MethodSettings USUAL = MethodSettings.defaults();

  static final SpecKey SYNERGY =
      SpecKey.group(
          "synergy",
          "Of the method fap-synergy.",
          SpecKey.of(
              "lambda",
              SpecValue.Decimal.atLeast(0),
              USUAL.synergy().lambda(),
              "Weight of the synergy beside the score."),
          SpecKey.of(
              "boundary_percent",
              SpecValue.Decimal.from(0, 200),
              USUAL.synergy().boundaryPercent(),
              "Width of the boundary that is ranked again, in percent of the budget."),
          SpecKey.whole(
              "boundary_cap",
              0,
              USUAL.synergy().boundaryCap(),
              "Most occurrences in the boundary."),
          SpecKey.whole(
              "partners",
              0,
              USUAL.synergy().partners(),
              "How many of the best occurrences may be partners."),
          SpecKey.whole(
              "partners_per_candidate",
              0,
              USUAL.synergy().partnersPerCandidate(),
              "Partners that are drawn for each occurrence of the boundary."),
          SpecKey.seed(USUAL.synergy().seed(), "Seed of that draw."));

  static final SpecKey FACTP =
      SpecKey.group(
          "factp",
          "Of the method factp.",
          SpecKey.of(
              "pool",
              new SpecValue.WholeOr(new SpecValue.Whole(1, 999_999_999), "all"),
              USUAL.factp().pool(),
              "Occurrences that are removed one at a time: the best of fap and of"
                  + " activation-magnitude."));

  static final SpecKey SWAP =
      SpecKey.group(
          "swap",
          "Of the methods fap-swap and circuit-swap.",
          SpecKey.whole("rounds", 0, USUAL.swap().rounds(), "Most rounds of swaps."),
          SpecKey.whole(
              "pool",
              1,
              USUAL.swap().pool(),
              "Candidates from outside the keep set that a round tries."),
          SpecKey.choice(
              "objective",
              OBJECTIVES,
              USUAL.swap().objective().label(),
              "What swaps make smaller: the KL at the last position, or the change of the"
                  + " metric."));

  static final SpecKey ACDC =
      SpecKey.group(
          "acdc",
          "Of the method acdc.",
          SpecKey.of(
              "tau",
              SpecValue.Decimal.above(0).in("nats"),
              USUAL.acdc().tau(),
              "The first threshold: how much KL one removal may add."),
          SpecKey.of(
              "ratio",
              SpecValue.Decimal.above(1),
              USUAL.acdc().ratio(),
              "From one threshold to the next."));

  static final SpecKey IG =
      SpecKey.group(
          "ig",
          "Of the method fap-ig.",
          SpecKey.whole(
              "points",
              1,
              USUAL.igPoints(),
              "Points at which the gradient is taken, on the way from everything removed to"
                  + " nothing."));

  static final SpecKey ITERATIVE =
      SpecKey.group(
          "iterative",
          "Of the method fap-iterative.",
          SpecKey.whole(
              "rounds", 1, USUAL.iterativeRounds(), "Rounds in which the budget is filled."));

  private MethodSettingsKeys() {}
}
