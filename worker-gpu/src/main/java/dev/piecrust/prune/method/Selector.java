package dev.piecrust.prune.method;

import dev.piecrust.campaign.Method;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.Selection;
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
