package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;

/**
 * Parameters of {@code fap-synergy} (docs/method.md §5).
 *
 * @param lambda weight of the synergy beside the score, 0 or more and finite
 * @param boundaryPercent width of the re-ranked boundary, in percent of the budget, 0 to 200
 * @param boundaryCap most occurrences in the boundary, 0 or more
 * @param partners how many of the core's best are partners, 0 or more
 * @param partnersPerCandidate partners sampled for each occurrence of the boundary, 0 or more
 * @param seed of that sample
 */
public record SynergySpec(
    double lambda,
    double boundaryPercent,
    int boundaryCap,
    int partners,
    int partnersPerCandidate,
    long seed) {
  public SynergySpec {
    Bounds.require(
        "prune.synergy.lambda",
        lambda,
        lambda >= 0 && Double.isFinite(lambda),
        "a number of 0 or more");
    Bounds.require(
        "prune.synergy.boundary_percent",
        boundaryPercent,
        boundaryPercent >= 0 && boundaryPercent <= 200,
        "a number from 0 to 200");
    Bounds.atLeast("prune.synergy.boundary_cap", boundaryCap, 0);
    Bounds.atLeast("prune.synergy.partners", partners, 0);
    Bounds.atLeast("prune.synergy.partners_per_candidate", partnersPerCandidate, 0);
  }

  /** The paper's best. */
  static SynergySpec defaults() {
    return new SynergySpec(3, 25, 32, 32, 8, 0);
  }
}
