package dev.piecrust.campaign;

import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;

/** Parameters of {@code acdc} (docs/method.md §5): the geometric grid of thresholds. */
public record AcdcSpec(
    @Key(
            value = "The first threshold: how much KL one removal may add.",
            in = "(0, ∞)",
            unit = "nats",
            usual = "0.0001")
        double tau,
    @Key(value = "From one threshold to the next.", in = "(1, ∞)", usual = "4") double ratio) {
  public AcdcSpec {
    RecordKeys.check(AcdcSpec.class, "prune.acdc", tau, ratio);
  }
}
