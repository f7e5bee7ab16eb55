package dev.piecrust.campaign;

import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;

/**
 * Parameters of {@code factp} (docs/method.md §5).
 *
 * @param pool how many occurrences are patched one by one; {@link #ALL} for every one
 */
public record FactpSpec(
    @Key(
            value =
                "Occurrences that are removed one at a time: the best of fap and of"
                    + " activation-magnitude.",
            in = "[1, 999999999]",
            word = "all",
            usual = "1024")
        int pool) {
  /** No limit. */
  public static final int ALL = Integer.MAX_VALUE;

  public FactpSpec {
    RecordKeys.check(FactpSpec.class, "prune.factp", pool);
  }
}
