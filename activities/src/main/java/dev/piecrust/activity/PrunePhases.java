package dev.piecrust.activity;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;

/**
 * Which of the optional stages of pruning a campaign needs.
 *
 * @param rerank whether a method's keep sets take {@code rerankSynergy}
 * @param heldOut whether prompts are held out, so that circuits are chosen and measured
 */
public record PrunePhases(boolean rerank, boolean heldOut) {
  /** What this spec needs. */
  public static PrunePhases of(PruneSpec spec) {
    return new PrunePhases(spec.methods().stream().anyMatch(Method::reranked), spec.heldOut() > 0);
  }
}
