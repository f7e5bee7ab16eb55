package dev.piecrust.campaign;

import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;

/** How much of the evidence goes into an explanation. */
public record EvidenceSpec(
    @Key(value = "Windows in which the feature is most active.", in = "[1, ∞)", usual = "10")
        int top,
    @Key(
            value = "Windows from each lower range of its activation (percentiles 0–50–75–95–100).",
            in = "[0, ∞)",
            usual = "2")
        int perStratum,
    @Key(
            value = "Tokens above this share of their window's maximum stand between << and >>.",
            in = "(0, 1)",
            usual = "0.6")
        double markShare) {
  public EvidenceSpec {
    RecordKeys.check(EvidenceSpec.class, "interpret.evidence", top, perStratum, markShare);
  }

  /** What is shown where a spec says nothing. */
  public static EvidenceSpec defaults() {
    return RecordKeys.usual(EvidenceSpec.class);
  }
}
