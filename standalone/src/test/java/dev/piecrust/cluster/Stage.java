package dev.piecrust.cluster;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import java.util.Optional;

/** Where a campaign on one task is, as its counts tell. */
enum Stage {
  PLAN,
  SCORE,
  RERANK,
  FIDELITY,
  EXAMPLES,
  EXPLAIN,
  EVALUATE,
  REPORT;

  /** The stage that is under way; none between these, and none after the end. */
  static Optional<Stage> of(CampaignStatus status) {
    if (status.state().ended()) {
      return Optional.empty();
    }
    if (status.stages().isEmpty()) {
      return Optional.of(PLAN);
    }
    if (isOpen(status, "fidelity ioi")) {
      return Optional.of(pruning(status));
    }
    if (isOpen(status, "evidence")) {
      return Optional.of(EXAMPLES);
    }
    if (isOpen(status, "explain")) {
      return Optional.of(EXPLAIN);
    }
    if (isOpen(status, "evaluate")) {
      return Optional.of(EVALUATE);
    }
    return find(status, "evaluate").map(done -> REPORT);
  }

  /** Each batch is scored, reranked and checked before the next begins. */
  private static Stage pruning(CampaignStatus status) {
    int scored = done(status, "score ioi");
    int reranked = done(status, "rerank ioi");
    if (scored > reranked) {
      return RERANK;
    }
    return reranked > done(status, "fidelity ioi") ? FIDELITY : SCORE;
  }

  private static boolean isOpen(CampaignStatus status, String stage) {
    return find(status, stage).filter(s -> s.done() < s.total()).isPresent();
  }

  private static int done(CampaignStatus status, String stage) {
    return find(status, stage).map(StageProgress::done).orElse(0);
  }

  private static Optional<StageProgress> find(CampaignStatus status, String stage) {
    return status.stages().stream().filter(s -> s.stage().equals(stage)).findFirst();
  }
}
