package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Key;
import dev.piecrust.key.Labelled;
import dev.piecrust.key.RecordKeys;

/** Parameters of {@code fap-swap} and {@code circuit-swap} (docs/method.md §5). */
public record SwapSpec(
    @Key(value = "Most rounds of swaps.", in = "[0, ∞)", usual = "3") int rounds,
    @Key(
            value = "Candidates from outside the keep set that a round tries.",
            in = "[1, ∞)",
            usual = "64")
        int pool,
    @Key(
            value =
                "What swaps make smaller: the KL at the last position, or the change of the"
                    + " metric.",
            usual = "kl_last")
        Objective objective) {
  /** What swaps make smaller. */
  public enum Objective implements Labelled {
    /** KL(clean ‖ patched) at the last position. */
    KL_LAST("kl_last"),
    /** {@code |m − m_clean|}. */
    METRIC("metric");

    private final String label;

    Objective(String label) {
      this.label = label;
    }

    /** The name in specs. */
    @Override
    @JsonValue
    public String label() {
      return label;
    }
  }

  public SwapSpec {
    RecordKeys.check(SwapSpec.class, "prune.swap", rounds, pool, objective);
  }
}
