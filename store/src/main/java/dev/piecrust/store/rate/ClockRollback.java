package dev.piecrust.store.rate;

import jakarta.persistence.EntityManager;
import java.util.List;

/**
 * Notices that the database's clock was turned back, and turns back with it what is remembered of
 * an endpoint: nobody waits until the clock is where it was, and the limits of the last minute
 * hold.
 */
final class ClockRollback {
  /** Calls are let out a quarter of a second ahead; small corrections of clocks are waited for. */
  private static final long AHEAD_MS = Pace.AHEAD_MS + 2_000;

  private ClockRollback() {}

  /** Looks at an endpoint whose row is locked. */
  static void adjust(EntityManager em, LlmEndpointRow endpoint, long nowMs) {
    long ahead = endpoint.lastMs - nowMs;
    if (ahead <= AHEAD_MS) {
      return;
    }
    // In whole quarters of a second, as calls are counted.
    long quarters = ahead / Pace.QUARTER_MS;
    long back = quarters * Pace.QUARTER_MS;
    moveGrants(em, endpoint.id, quarters);
    endpoint.requestMs -= back;
    endpoint.tokenMs -= back;
    endpoint.lastMs -= back;
    endpoint.blockedMs -= Math.min(back, endpoint.blockedMs);
    endpoint.openMs -= Math.min(back, endpoint.openMs);
    endpoint.probeMs -= Math.min(back, endpoint.probeMs);
    endpoint.downMs -= Math.min(back, endpoint.downMs);
  }

  /** Those of the last minute move; older ones, and what lies where they go, are not needed. */
  private static void moveGrants(EntityManager em, String endpoint, long quarters) {
    List<LlmGrantRow> all =
        em.createQuery("from LlmGrantRow where key.endpoint = :endpoint", LlmGrantRow.class)
            .setParameter("endpoint", endpoint)
            .getResultList();
    long last = all.stream().mapToLong(row -> row.key.quarter()).max().orElse(0);
    all.forEach(em::remove);
    em.flush();
    for (LlmGrantRow row : all) {
      if (row.key.quarter() >= last - Pace.WINDOW_MS / Pace.QUARTER_MS) {
        LlmGrantRow moved =
            new LlmGrantRow(new LlmGrantRow.Key(endpoint, row.key.quarter() - quarters));
        moved.requests = row.requests;
        moved.tokens = row.tokens;
        em.persist(moved);
      }
    }
  }
}
