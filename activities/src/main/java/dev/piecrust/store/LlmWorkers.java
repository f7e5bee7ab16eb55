package dev.piecrust.store;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;

/** Which workers are alive, by the database's clock; and what the dead ones left behind. */
public final class LlmWorkers {
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

  private final Database database;

  public LlmWorkers(Database database) {
    this.database = database;
  }

  /** This worker is alive. */
  public void beat(String worker) {
    database.run(
        em -> {
          LlmWorkerRow row = em.find(LlmWorkerRow.class, worker);
          if (row == null) {
            row = new LlmWorkerRow(worker);
            em.persist(row);
          }
          row.seenMs = database.nowMs(em);
        });
  }

  /**
   * Marks the calls of workers that were silent for this long as lost: they may have been paid for,
   * and whoever wants their answers makes them anew.
   *
   * @return how many calls were lost
   */
  public int bury(Duration silence) {
    return database.call(
        em -> {
          long now = database.nowMs(em);
          List<LlmCallRow> lost =
              em.createQuery(
                      "from LlmCallRow c where c.state = :reserved and not exists (select 1 from"
                          + " LlmWorkerRow w where w.id = c.worker and w.seenMs > :alive)"
                          + " order by c.campaignId, c.id",
                      LlmCallRow.class)
                  .setParameter("reserved", CallState.RESERVED)
                  .setParameter("alive", now - silence.toMillis())
                  .getResultList();
          lost.forEach(call -> lose(em, call));
          em.createQuery("delete from LlmWorkerRow where seenMs < :long")
              .setParameter("long", now - FORGOTTEN_AFTER.toMillis())
              .executeUpdate();
          return lost.size();
        });
  }

  private static void lose(EntityManager em, LlmCallRow stale) {
    LlmAccountRow account = Accounts.locked(em, stale.campaignId);
    em.refresh(stale);
    if (stale.state == CallState.RESERVED) {
      Settlements.lose(account, stale, "its worker died");
    }
  }
}
