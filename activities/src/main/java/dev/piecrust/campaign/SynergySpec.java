package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

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
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw user("prune.synergy.lambda is %s, expected 0 or more", lambda);
    }
    if (!(boundaryPercent >= 0 && boundaryPercent <= 200)) {
      throw user("prune.synergy.boundary_percent is %s, expected 0 to 200", boundaryPercent);
    }
    if (boundaryCap < 0 || partners < 0 || partnersPerCandidate < 0) {
      throw user(
          "prune.synergy: boundary_cap, partners and partners_per_candidate must be 0 or more");
    }
  }

  /** The paper's best. */
  static SynergySpec defaults() {
    return new SynergySpec(3, 25, 32, 32, 8, 0);
  }
}
