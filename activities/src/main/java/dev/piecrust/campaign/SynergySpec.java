package dev.piecrust.campaign;

import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;

/** Parameters of {@code fap-synergy} (docs/method.md §5); the defaults are the paper's best. */
public record SynergySpec(
    @Key(value = "Weight of the synergy beside the score.", in = "[0, ∞)", usual = "3")
        double lambda,
    @Key(
            value = "Width of the boundary that is ranked again, in percent of the budget.",
            in = "[0, 200]",
            usual = "25")
        double boundaryPercent,
    @Key(value = "Most occurrences in the boundary.", in = "[0, ∞)", usual = "32") int boundaryCap,
    @Key(value = "How many of the best occurrences may be partners.", in = "[0, ∞)", usual = "32")
        int partners,
    @Key(
            value = "Partners that are drawn for each occurrence of the boundary.",
            in = "[0, ∞)",
            usual = "8")
        int partnersPerCandidate,
    @Key(value = "Seed of that draw.", in = "[0, ∞)", usual = "0") long seed) {
  public SynergySpec {
    RecordKeys.check(
        SynergySpec.class,
        "prune.synergy",
        lambda,
        boundaryPercent,
        boundaryCap,
        partners,
        partnersPerCandidate,
        seed);
  }
}
