package dev.piecrust.prune.load;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.method.Selectors;

/**
 * What a batch asks of the machine beside the subject.
 *
 * @param prompts that are scored together
 * @param tokens of the longest prompt
 * @param sets keep sets of one prompt and method that are measured together
 * @param choosing whether methods choose by batches of patched runs, as {@code fap-synergy} does
 */
public record PruneLoad(int prompts, int tokens, int sets, boolean choosing) {
  /** Budgets that {@code random} may have beyond the spec's: doublings. */
  private static final int DOUBLINGS = 6;

  /** Tokens of a short prompt: what does not even leave room for one is refused before loading. */
  private static final int SHORT_PROMPT = 16;

  /** The load of a spec's batches. */
  public static PruneLoad of(PruneSpec spec, int prompts, int tokens) {
    int budgets = spec.budgets().size();
    int sets =
        spec.promptMethods().contains(Method.RANDOM)
            ? spec.randomSeeds() * (budgets + DOUBLINGS)
            : budgets;
    return new PruneLoad(prompts, tokens, sets, !new Selectors(spec).choosing().isEmpty());
  }

  /** The least that a spec may ask for, because batches are made smaller where they do not fit. */
  public static PruneLoad least(PruneSpec spec) {
    return of(spec, 1, SHORT_PROMPT);
  }

  PruneLoad withPrompts(int others) {
    return new PruneLoad(others, tokens, sets, choosing);
  }
}
