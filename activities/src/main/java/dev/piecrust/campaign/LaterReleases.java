package dev.piecrust.campaign;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of the spec that are decided, but not in this release; each with the one that brings it.
 */
final class LaterReleases {
  private static final String MORE_METHODS = "0.2";
  private static final String MORE_STAGES = "0.3";

  private static final Map<String, String> KEYS =
      Map.of(
          "interpret", MORE_STAGES,
          "evaluate", MORE_STAGES,
          "limits.usd", MORE_STAGES,
          "limits.requests_per_minute", MORE_STAGES,
          "limits.tokens_per_minute", MORE_STAGES,
          "prune.held_out", MORE_METHODS,
          "prune.synergy", MORE_METHODS,
          "prune.factp", MORE_METHODS,
          "prune.swap", MORE_METHODS);

  private static final List<String> METHODS =
      List.of(
          "fap-synergy",
          "fap-swap",
          "fap-ig",
          "fap-iterative",
          "clt-relp",
          "factp",
          "acdc",
          "circuit-swap");

  private LaterReleases() {}

  /** What to say about a key (its path), if a later release brings it. */
  static Optional<String> key(String path) {
    return Optional.ofNullable(KEYS.get(path)).map(LaterReleases::sentence);
  }

  /** What to say about a method, if a later release brings it. */
  static Optional<String> method(String name) {
    return METHODS.contains(name)
        ? Optional.of("'%s' %s".formatted(name, sentence(MORE_METHODS)))
        : Optional.empty();
  }

  private static String sentence(String release) {
    return "is not in this release (0.1) yet, release %s brings it; leave it out"
        .formatted(release);
  }
}
