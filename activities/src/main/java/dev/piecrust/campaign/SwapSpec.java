package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;

/**
 * Parameters of {@code fap-swap} and {@code circuit-swap} (docs/method.md §5).
 *
 * @param rounds most rounds of swaps, 0 or more
 * @param pool candidates from outside the keep set that are tried in each round, 1 or more
 * @param objective what swaps make smaller
 */
public record SwapSpec(int rounds, int pool, Objective objective) {
  /** What swaps make smaller. */
  public enum Objective {
    /** KL(clean ‖ patched) at the last position. */
    KL_LAST("kl_last"),
    /** {@code |m − m_clean|}. */
    METRIC("metric");

    private final String label;

    Objective(String label) {
      this.label = label;
    }

    /** The name in specs. */
    @com.fasterxml.jackson.annotation.JsonValue
    public String label() {
      return label;
    }
  }

  public SwapSpec {
    Bounds.atLeast("prune.swap.rounds", rounds, 0);
    Bounds.atLeast("prune.swap.pool", pool, 1);
  }

  static SwapSpec defaults() {
    return new SwapSpec(3, 64, Objective.KL_LAST);
  }
}
