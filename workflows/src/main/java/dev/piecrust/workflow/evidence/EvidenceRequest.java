package dev.piecrust.workflow.evidence;

import dev.piecrust.activity.CorpusShards;
import dev.piecrust.workflow.hold.PauseState;
import java.util.Optional;

/**
 * What to collect.
 *
 * @param queue of the campaign's subject
 * @param hold whether work may go on
 * @param corpus how it is cut, where an earlier run of this workflow knows that already
 * @param next the first window that is not scanned; past the last, it goes on with the features
 */
public record EvidenceRequest(
    String campaignId, String queue, PauseState hold, Optional<CorpusShards> corpus, int next) {

  /** A request to start at the first window. */
  public static EvidenceRequest of(String campaignId, String queue, PauseState hold) {
    return new EvidenceRequest(campaignId, queue, hold, Optional.empty(), 0);
  }

  EvidenceRequest continuedAt(CorpusShards shards, int at, PauseState held) {
    return new EvidenceRequest(campaignId, queue, held, Optional.of(shards), at);
  }
}
