package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;

/**
 * How much of the evidence goes into an explanation.
 *
 * @param top highest activating windows, 1 or more
 * @param perStratum windows of each lower stratum (activation percentiles 0–50–75–95–100), 0 or
 *     more
 * @param markShare tokens above this share of their window's maximum are marked; between 0 and 1
 */
public record EvidenceSpec(int top, int perStratum, double markShare) {
  /** Most active windows shown, where a spec says nothing. */
  public static final int DEFAULT_TOP = 10;

  /** Windows shown of each lower range, where a spec says nothing. */
  public static final int DEFAULT_PER_STRATUM = 2;

  /** Share of a window's maximum above which tokens are marked, where a spec says nothing. */
  public static final double DEFAULT_MARK_SHARE = 0.6;

  public EvidenceSpec {
    Bounds.atLeast("interpret.evidence.top", top, 1);
    Bounds.atLeast("interpret.evidence.per_stratum", perStratum, 0);
    Bounds.require(
        "interpret.evidence.mark_share",
        markShare,
        markShare > 0 && markShare < 1,
        "a number between 0 and 1");
  }

  /** Ten windows of the top and two of each lower stratum; marked above 0.6 of their maximum. */
  public static EvidenceSpec defaults() {
    return new EvidenceSpec(DEFAULT_TOP, DEFAULT_PER_STRATUM, DEFAULT_MARK_SHARE);
  }
}
