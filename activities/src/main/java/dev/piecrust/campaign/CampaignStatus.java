package dev.piecrust.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A campaign as {@code status} and the pages show it.
 *
 * @param message one sentence on how it came to its state; empty where there is nothing to say
 * @param finishedAt absent until it ends
 */
public record CampaignStatus(
    String id,
    String name,
    CampaignState state,
    String message,
    Instant createdAt,
    Optional<Instant> finishedAt,
    List<StageProgress> stages) {
  public CampaignStatus {
    stages = List.copyOf(stages);
  }

  /** The same with another sentence. */
  public CampaignStatus saying(String sentence) {
    return new CampaignStatus(id, name, state, sentence, createdAt, finishedAt, stages);
  }
}
