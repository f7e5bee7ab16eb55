package dev.piecrust.store.rate;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fair shares between the campaigns that wait at one endpoint: whoever had least of it goes first.
 * The caller has locked the endpoint's row.
 */
final class Shares {
  /**
   * How long a campaign counts as waiting after it last asked in vain. Who seems to wait for longer
   * asked before the clock was turned back.
   */
  static final long WAITING_MS = 1_000;

  /** How much a campaign may catch up: what it left unused while it was away is gone. */
  private static final long ARREARS_MS = 2_000;

  private static final Duration TURN = Duration.ofMillis(50);

  private final LlmShareRow mine;
  private final List<LlmShareRow> waiting;

  Shares(EntityManager em, String endpoint, String campaignId, long nowMs) {
    List<LlmShareRow> all =
        em.createQuery("from LlmShareRow where key.endpoint = :endpoint", LlmShareRow.class)
            .setParameter("endpoint", endpoint)
            .getResultList();
    this.waiting =
        all.stream()
            .filter(row -> row.waitingMs > nowMs && row.waitingMs <= nowMs + WAITING_MS)
            .filter(row -> !row.key.campaignId().equals(campaignId))
            .toList();
    this.mine =
        all.stream()
            .filter(row -> row.key.campaignId().equals(campaignId))
            .findFirst()
            .orElseGet(() -> added(em, endpoint, campaignId));
    least().ifPresent(used -> mine.usedMs = Math.max(mine.usedMs, used - ARREARS_MS));
  }

  /** Whether another campaign goes first. */
  Optional<Wait> check() {
    return least().filter(used -> used < mine.usedMs).isPresent()
        ? Optional.of(new Wait(TURN, "another campaign's turn"))
        : Optional.empty();
  }

  /** The campaign asked in vain. */
  void waits(long nowMs) {
    mine.waitingMs = nowMs + WAITING_MS;
  }

  /** The campaign got what takes so much of the endpoint's time. */
  void took(RateRequest wish) {
    mine.usedMs += Pace.WINDOW_MS * wish.minutes();
    mine.waitingMs = 0;
  }

  private Optional<Double> least() {
    return waiting.stream().map(row -> row.usedMs).min(Double::compare);
  }

  private static LlmShareRow added(EntityManager em, String endpoint, String campaignId) {
    LlmShareRow row = new LlmShareRow(new LlmShareRow.Key(endpoint, campaignId));
    em.persist(row);
    return row;
  }
}
