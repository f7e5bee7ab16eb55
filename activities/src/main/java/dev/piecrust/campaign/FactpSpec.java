package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

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
    if (pool < 1) {
      throw user("prune.factp.pool is %d, expected 1 or more, or all", pool);
    }
  }

  /** The paper's pool. */
  static FactpSpec defaults() {
    return new FactpSpec(1024);
  }
}
