package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;

/** A pruning method of METHOD.md §5. */
public enum Method {
  FAP("fap"),
  FAP_SYNERGY("fap-synergy"),
  FAP_SWAP("fap-swap"),
  FAP_IG("fap-ig"),
  FAP_ITERATIVE("fap-iterative"),
  CLT_RELP("clt-relp"),
  ACTIVATION_MAGNITUDE("activation-magnitude"),
  FACTP("factp"),
  ACDC("acdc"),
  RANDOM("random"),
  /** Whole features swapped on the training prompts: a circuit, with no answer prompt by prompt. */
  CIRCUIT_SWAP("circuit-swap");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
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
