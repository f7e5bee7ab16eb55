package dev.piecrust.prune;

import dev.piecrust.campaign.Method;
import java.util.Set;

/**
 * A method whose choice depends on the budget, or takes many passes over one prompt (docs/method.md
 * §5).
 */
interface Selector {
  /** The methods whose scores it starts from. */
  Set<Method> bases();

  /**
   * Chooses one prompt's keep sets.
   *
   * @param scores of the {@link #bases()}, one number for each occurrence
   */
  Selection select(PromptRun run, PromptScores scores, Beat beat);
}
