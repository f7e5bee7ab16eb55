package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;

/**
 * Parameters of {@code factp} (docs/method.md §5).
 *
 * @param pool how many occurrences, 1 or more, are patched one by one: the best of {@code fap} and
 *     of {@code activation-magnitude}; {@link #ALL} for every one
 */
public record FactpSpec(int pool) {
  /** No limit. */
  public static final int ALL = Integer.MAX_VALUE;

  public FactpSpec {
    Bounds.require("prune.factp.pool", pool, pool >= 1, "1 or more, or all");
  }

  /** The paper's pool. */
  static FactpSpec defaults() {
    return new FactpSpec(1024);
  }
}
