package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

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
  static final int DEFAULT_PROMPTS = 100;

  public TaskSpec {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw user("task name '%s': expected up to 64 letters, digits, '.', '_' or '-'", name);
    }
    if (prompts < 1) {
      throw user("task %s: prompts is %d, expected at least 1", name, prompts);
    }
    if ((kind == TaskKind.FILE) != path.isPresent()) {
      throw user("task %s: a path goes with kind file, and only with it", name);
    }
  }
}
