package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** A pruning method of docs/method.md §5. */
public enum Method implements Labelled {
  /**
   * The first-order effect on the task metric, in the local replacement model: one backward pass.
   */
  FAP("fap"),
  /** FAP, with the edge of each budget ranked again by what occurrences do together. */
  FAP_SYNERGY("fap-synergy"),
  /** From FAP-IG, swaps that patched runs prove to be better: the closest fit to a prompt. */
  FAP_SWAP("fap-swap"),
  /** FAP with its gradient averaged on the way from everything removed to nothing removed. */
  FAP_IG("fap-ig"),
  /** FAP in rounds: later ones take the gradient where what is not yet kept is removed. */
  FAP_ITERATIVE("fap-iterative"),
  /** FAP with relevance coefficients for a gradient: MLPs are made linear, not held constant. */
  CLT_RELP("clt-relp"),
  /** How strongly it fires in the clean run: a baseline that knows nothing of the metric. */
  ACTIVATION_MAGNITUDE("activation-magnitude"),
  /** The exact effect of removing one occurrence, a forward pass each, for a pool of candidates. */
  FACTP("factp"),
  /** How late the occurrence falls when those of little effect are dropped, layer by layer. */
  ACDC("acdc"),
  /** Chance, averaged over several seeds: the floor that all others must beat. */
  RANDOM("random"),
  /** Whole features swapped on the training prompts: a circuit, with no answer prompt by prompt. */
  CIRCUIT_SWAP("circuit-swap");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  @Override
  public String label() {
    return label;
  }

  /** Whether the method keeps occurrences prompt by prompt. */
  public boolean perPrompt() {
    return this != CIRCUIT_SWAP;
  }

  /**
   * Whether {@code rerankSynergy} chooses its keep sets, because they depend on the budget or take
   * many passes; those of the others follow from {@code scoreFeatures} alone.
   */
  public boolean reranked() {
    return switch (this) {
      case FAP_SYNERGY, FAP_SWAP, FAP_ITERATIVE, FACTP, ACDC -> true;
      case FAP, FAP_IG, CLT_RELP, ACTIVATION_MAGNITUDE, RANDOM, CIRCUIT_SWAP -> false;
    };
  }
}
