package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** A pruning method of docs/method.md §5. */
public enum Method implements Labelled {
  /**
   * The first-order effect on the task metric, in the local replacement model: one backward pass.
   */
  FAP("fap", Kind.SCORES),
  /** FAP, with the edge of each budget ranked again by what occurrences do together. */
  FAP_SYNERGY("fap-synergy", Kind.CHOOSES),
  /** From FAP-IG, swaps that patched runs prove to be better: the closest fit to a prompt. */
  FAP_SWAP("fap-swap", Kind.CHOOSES),
  /** FAP with its gradient averaged on the way from everything removed to nothing removed. */
  FAP_IG("fap-ig", Kind.SCORES),
  /** FAP in rounds: later ones take the gradient where what is not yet kept is removed. */
  FAP_ITERATIVE("fap-iterative", Kind.CHOOSES),
  /** FAP with relevance coefficients for a gradient: MLPs are made linear, not held constant. */
  CLT_RELP("clt-relp", Kind.SCORES),
  /** How strongly it fires in the clean run: a baseline that knows nothing of the metric. */
  ACTIVATION_MAGNITUDE("activation-magnitude", Kind.SCORES),
  /** The exact effect of removing one occurrence, a forward pass each, for a pool of candidates. */
  FACTP("factp", Kind.CHOOSES),
  /** How late the occurrence falls when those of little effect are dropped, layer by layer. */
  ACDC("acdc", Kind.CHOOSES),
  /** Chance, averaged over several seeds: the floor that all others must beat. */
  RANDOM("random", Kind.SCORES),
  /** Whole features swapped on the training prompts: a circuit, with no answer prompt by prompt. */
  CIRCUIT_SWAP("circuit-swap", Kind.CIRCUIT),
  /**
   * Whole features added where they lower the mean KL of the training prompts most: a circuit, with
   * no answer prompt by prompt.
   */
  CIRCUIT_GREEDY("circuit-greedy", Kind.CIRCUIT);

  private enum Kind {
    /** Gives each occurrence of a prompt a number. */
    SCORES,
    /** Chooses a prompt's keep sets. */
    CHOOSES,
    /** Chooses the features of a whole task. */
    CIRCUIT
  }

  private final String label;
  private final Kind kind;

  Method(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  @Override
  public String label() {
    return label;
  }

  /** Whether the method keeps occurrences prompt by prompt. */
  public boolean perPrompt() {
    return kind != Kind.CIRCUIT;
  }

  /**
   * Whether {@code rerankSynergy} chooses its keep sets, because they depend on the budget or take
   * many passes; those of the others follow from {@code scoreFeatures} alone.
   */
  public boolean reranked() {
    return kind == Kind.CHOOSES;
  }
}
