package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.Bounds;
import java.util.Optional;

/**
 * One task of a campaign.
 *
 * @param name unique within the campaign, up to 64 letters, digits, dots, underscores and hyphens,
 *     the first a letter or digit; the kind's name by default
 * @param kind where the prompt pairs come from
 * @param prompts how many pairs, 1 or more; for a file, at most this many from its start
 * @param seed seed of the generator
 * @param path the file of pairs, required for kind {@code file}, refused for any other
 */
public record TaskSpec(String name, TaskKind kind, int prompts, long seed, Optional<String> path) {
  /** Pairs of prompts, where a spec says nothing. */
  public static final int DEFAULT_PROMPTS = 100;

  /** Units are named by six digits. */
  public static final int MOST_PROMPTS = 999_999;

  public TaskSpec {
    if (!CampaignNames.allow(name)) {
      throw user(
          "task name is '%s', expected %s", CampaignNames.quotable(name), CampaignNames.EXPECTED);
    }
    Bounds.atLeast("task %s: prompts".formatted(name), prompts, 1);
    if ((kind == TaskKind.FILE) != path.isPresent()) {
      throw user(
          "task %s: is of kind %s and has %s path, expected a path with kind file alone",
          name, kind.label(), path.isPresent() ? "a" : "no");
    }
  }
}
