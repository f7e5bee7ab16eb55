package dev.piecrust.campaign;

import java.util.Map;
import java.util.Optional;

/**
 * Parts of the spec that are decided, but not in this release; each with the one that brings it.
 */
final class LaterReleases {
  private static final String MORE_STAGES = "0.3";

  private static final Map<String, String> KEYS =
      Map.of(
          "interpret", MORE_STAGES,
          "evaluate", MORE_STAGES,
          "limits.usd", MORE_STAGES,
          "limits.requests_per_minute", MORE_STAGES,
          "limits.tokens_per_minute", MORE_STAGES);

  private LaterReleases() {}

  /** What to say about a key (its path), if a later release brings it. */
  static Optional<String> key(String path) {
    return Optional.ofNullable(KEYS.get(path))
        .map("is not in this release (0.2) yet, release %s brings it; leave it out"::formatted);
  }
}
