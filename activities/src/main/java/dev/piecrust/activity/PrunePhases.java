package dev.piecrust.activity;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;

/**
 * Which of the optional stages of pruning a campaign needs.
 *
 * @param rerank whether a method's keep sets take {@code rerankSynergy}
 * @param heldOut whether prompts are held out, so that circuits are chosen and measured
 * @param asks whether a method's circuits are measured question by question, each batch by batch;
 *     no in the plans of programs that did so in one piece
 */
public record PrunePhases(boolean rerank, boolean heldOut, boolean asks) {
  /** Those of a campaign whose methods ask nothing. */
  public PrunePhases(boolean rerank, boolean heldOut) {
    this(rerank, heldOut, false);
  }

  /** What this spec needs. */
  public static PrunePhases of(PruneSpec spec) {
    boolean heldOut = spec.heldOut() > 0;
    return new PrunePhases(
        spec.methods().stream().anyMatch(Method::reranked),
        heldOut,
        heldOut && spec.methods().stream().anyMatch(method -> !method.perPrompt()));
  }
}
